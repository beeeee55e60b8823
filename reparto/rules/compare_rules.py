"""
What differs between two ordered lists of rules: added, removed, changed field by field, moved. Pure.

It says nothing in words; `describe_changes` does.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

#: A target's preset weight may be written or left out.
PRESET_WEIGHT = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that is not the same."""

    kind: Literal["added", "removed", "changed", "moved"]
    rule_id: int
    description: str  #: as the rule is called afterwards
    position: int | None = None  #: afterwards; none when it was removed
    former_position: int | None = None
    fields: tuple[Difference, ...] = ()


def compare_rules(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """
    Return what leads from one list to the other, in the order of the later one, what was removed first.

    Both are lists of rules by the names of the contract, each with its `id`. A rule is said to be moved only if it
    changed places with others: not because one before it came or went.
    """
    old, new = _places(before), _places(after)
    settled = _unmoved([old[one][0] for one in new if one in old])
    removed = [
        Change("removed", one, rule["description"], former_position=place)
        for one, (place, rule) in old.items()
        if one not in new
    ]
    found = [change for one in new for change in _of_rule(one, old.get(one), new[one], settled)]
    return (*removed, *found)


def _places(listed: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, Mapping[str, Any]]]:
    return {rule["id"]: (place, rule) for place, rule in enumerate(listed, start=1)}


def _of_rule(
    rule_id: int,
    old: tuple[int, Mapping[str, Any]] | None,
    new: tuple[int, Mapping[str, Any]],
    settled: set[int],
) -> list[Change]:
    place, rule = new
    if old is None:
        return [Change("added", rule_id, rule["description"], place)]
    former, found = old[0], []
    fields = tuple(_differences(old[1], rule))
    if fields:
        found.append(Change("changed", rule_id, rule["description"], place, former, fields))
    if former not in settled:
        found.append(Change("moved", rule_id, rule["description"], place, former))
    return found


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(name, old.get(name), value)
        for name, value in new.items()
        if name != "id" and _plain(name, old.get(name)) != _plain(name, value)
    ]


def _plain(name: str, value: Any) -> Any:
    if name == "assign_to":
        return [(one.get("person_id"), one.get("group_id"), one.get("weight", PRESET_WEIGHT)) for one in value or ()]
    if name == "after" and value:
        return (value["amount"], value["unit"], value.get("clock", "calendar"))
    return list(value) if isinstance(value, tuple) else value


def _unmoved(places: Sequence[int]) -> set[int]:
    """The longest run of former places that still rises: whoever is not in it was moved."""
    tails: list[int] = []  # of the best run of each length, the last place
    ways: list[tuple[int, int | None]] = []  # of each run of `best`, its last place and the run before it
    best: list[int] = []
    for place in places:
        length = bisect_left(tails, place)
        ways.append((place, best[length - 1] if length else None))
        if length == len(tails):
            tails.append(place)
            best.append(len(ways) - 1)
        else:
            tails[length], best[length] = place, len(ways) - 1
    kept: set[int] = set()
    at = best[-1] if best else None
    while at is not None:
        kept.add(ways[at][0])
        at = ways[at][1]
    return kept
