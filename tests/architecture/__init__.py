"""The house is as its plan says."""
