"""
Write what the engine is told and answers as plain JSON, so that it can be stored and derived again.

What a sitting's items share is written once. A field at its preset is left out: rows stay small, and what
was stored before a field existed still thaws. Nothing here reads it back; that is `thaw`.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from reparto.engine.shapes import Candidate, Cursor, Decision, Facts, RuleSet, Snapshot, Step, WorkItem

_REQUIRED = object()
_TRACE = frozenset({"steps", "candidates"})
_JSON = frozenset({"conditions", "detail"})  #: made as JSON, so they need no rewriting


def freeze_sitting(snapshot: Snapshot) -> dict[str, Any]:
    """All of a snapshot but its items."""
    return _shape(snapshot, leave=("items",))


def freeze_item(item: WorkItem) -> dict[str, Any]:
    """One item of a snapshot."""
    frozen = _shape(item, leave=("facts",))
    return frozen | {"facts": freeze_facts(item.facts)} if item.facts else frozen


def freeze_decision(decision: Decision) -> dict[str, Any]:
    """One decision with its trace."""
    return _shape(decision)


def freeze_decisions(decisions: Sequence[Decision]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """
    The decisions of one sitting: what their traces share, to be stored once, and a small row for each.

    A row names shared steps and lists of candidates by number; `thaw_decision(row, shared=…)` gives
    the whole decision back.
    """
    shared = _Shared()
    rows = [shared.row(decision) for decision in decisions]
    return {"steps": shared.steps, "candidates": shared.candidates, "lists": shared.lists}, rows


class _Shared:
    """What the traces of one sitting have in common. The engine makes equal parts one object, so identity tells."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []
        self.candidates: list[dict[str, Any]] = []
        self.lists: list[list[Any]] = []
        self._step_numbers: dict[int, int] = {}
        self._card_numbers: dict[int, int] = {}
        self._list_numbers: dict[object, int] = {}

    def row(self, decision: Decision) -> dict[str, Any]:
        row = _shape(decision, leave=_TRACE)
        if decision.steps:
            row["steps"] = [self.step(step) for step in decision.steps]
        if decision.candidates:
            row["candidates"] = self.list_number(decision.candidates)
        return row

    def step(self, step: Step) -> Any:
        """The number of a step, or the step itself when no other decision can have it."""
        if step.detail or step.kind != "rule":
            return _shape(step)
        number = self._step_numbers.get(id(step))
        if number is None:
            number = self._step_numbers[id(step)] = len(self.steps)
            self.steps.append(_shape(step))
        return number

    def list_number(self, candidates: tuple[Candidate, ...]) -> int:
        number = self._list_numbers.get(id(candidates))
        if number is None:
            number = self._list_numbers[id(candidates)] = len(self.lists)
            self.lists.append([self.card(candidate) for candidate in candidates])
        return number

    def card(self, candidate: Candidate) -> Any:
        """The number of a rule's candidate; one considered for this item alone is written out."""
        if candidate.rule_id is None:
            return _shape(candidate)
        number = self._card_numbers.get(id(candidate))
        if number is None:
            number = self._card_numbers[id(candidate)] = len(self.candidates)
            self.candidates.append(_shape(candidate))
        return number


def freeze_rule_set(rule_set: RuleSet) -> dict[str, Any]:
    """One version of the rules."""
    return _shape(rule_set)


def freeze_cursor(cursor: Cursor) -> dict[str, Any]:
    """Where a rule's rotation stands."""
    return _shape(cursor)


def freeze_facts(facts: Facts) -> dict[str, Any]:
    """A contact's facts. A set is written {"set": […]}, several texts {"texts": […]}, an instant {"at": …}."""
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: object) -> object:
    if isinstance(value, frozenset):
        return {"set": sorted(value, key=lambda one: (str(type(one)), one))}
    if isinstance(value, tuple):
        return {"texts": list(value)}
    return {"at": _instant(value)} if isinstance(value, datetime) else value


def _shape(shape: Any, *, leave: Collection[str] = ()) -> dict[str, Any]:
    frozen: dict[str, Any] = {}
    for name, preset in _fields(type(shape)):  # type: ignore[arg-type]  # mypy: type[Any] is not Hashable
        value = getattr(shape, name)
        if name not in leave and (preset is _REQUIRED or value != preset):
            frozen[name] = _plain(value) if name not in _JSON else list(value) if name == "conditions" else value
    return frozen


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a shape with their presets."""
    return tuple((one.name, _preset(one)) for one in dataclasses.fields(kind))


def _preset(one: "dataclasses.Field[Any]") -> object:
    if one.default_factory is not dataclasses.MISSING:
        return one.default_factory()
    return _REQUIRED if one.default is dataclasses.MISSING else one.default


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return _instant(value)
    return value.isoformat() if isinstance(value, date | time) else _shape(value)


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
