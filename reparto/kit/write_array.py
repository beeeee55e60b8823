"""
Write a PostgreSQL array as text, for statements that carry hundreds of values at once.

The driver looks at each element to find its type; whoever names the type in the statement need not pay for that.
Only numbers and texts; nothing here speaks to the database.
"""

from collections.abc import Iterable


def write_array(values: Iterable[int | str | None]) -> str:
    """Return the array literal of these values, to be cast where it is used: `%(ids)s::bigint[]`."""
    # Most are numbers; a call for each of them would cost more than writing it.
    return "{" + ",".join([str(one) if one.__class__ is int else _element(one) for one in values]) + "}"


def _element(value: int | str | None) -> str:
    if value is None:
        return "NULL"
    if not isinstance(value, str):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
