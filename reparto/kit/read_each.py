"""Read the fields of a thing, each by its own reader; a field that nobody reads is a fault. It stores nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from .faults import Faults

#: Is given the value, its path and where faults go; returns the value ready to store.
type Reader = Callable[[Any, str, Faults], Any]


def read_each(raw: Mapping[str, Any], readers: Mapping[str, Reader], *, faults: Faults) -> dict[str, Any]:
    """Return the values of the fields that were given; what is wrong with them goes to `faults`, all of it."""
    values: dict[str, Any] = {}
    for field, given in raw.items():
        reader = readers.get(field)
        if reader is None:
            faults.add(field, "unknown_field", gettext("There is no such field."))
        else:
            values[field] = reader(given, field, faults)
    return values
