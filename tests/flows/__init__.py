"""A company's own automation."""
