"""The id that a form sent; whatever is none is read as an id that nobody has. It looks nothing up."""

#: Names no row.
NO_ID = 0


def read_id(written: str, *, otherwise: int = NO_ID) -> int:
    """Return the number that was written, or what stands for none."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else otherwise
