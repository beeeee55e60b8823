"""
Read a whole ordered list of rules: every fault at once, each at its place in the list.

It stores nothing; what is wrong with the list as a whole is for `check_rule_set` to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

from reparto.kit.faults import Faults

from .check_room import MOST_RULES, note_too_many
from .read_rule import check_after, read_rule
from .rule_draft import RuleDraft


def read_rule_list(raw: Sequence[Mapping[str, Any]], *, edition: str, faults: Faults) -> list[dict[str, Any]]:
    """Return the values of each rule by the names of the contract, presets filled in; faults are at `rules[2].tags`."""
    if len(raw) > MOST_RULES:
        note_too_many(faults)
        return []
    return [_read(given, f"rules[{place}]", edition, faults) for place, given in enumerate(raw)]


def _read(given: Mapping[str, Any], path: str, edition: str, faults: Faults) -> dict[str, Any]:
    found = Faults()
    values = read_rule({**PRESETS, **given}, edition=edition, faults=found)
    check_after(values, found)
    for fault in found.found:
        faults.add(".".join(part for part in (path, fault.path) if part), fault.code, fault.message)
    return values


def _preset(name: str) -> Any:
    (field,) = (one for one in fields(RuleDraft) if one.name == name)
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else None


#: What a rule is where nothing else is said; without a description or anybody to assign to it is refused.
PRESETS: Mapping[str, Any] = {one.name: _preset(one.name) for one in fields(RuleDraft)}
