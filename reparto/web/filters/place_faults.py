"""
What is wrong with a filter, by the condition of the tree in which it is.

It finds no fault.
"""

from collections.abc import Iterable, Mapping

from reparto.kit.faults import Fault

from .filter_tree import Path


def place_faults(faults: Iterable[Fault], places: Mapping[str, Path]) -> dict[Path, str]:
    """Return the first message of each condition; `places` are those of `filter_of_tree`, below `filters`."""
    found: dict[Path, str] = {}
    for fault in faults:
        place = fault.path.removeprefix("filters").removeprefix(".")
        while place and place not in places:
            place = place.rpartition(".")[0]
        if fault.path.startswith("filters"):
            found.setdefault(places.get(place, ()), fault.message)
    return found
