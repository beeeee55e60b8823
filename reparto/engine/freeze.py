"""
Write what the engine is told and answers as plain JSON, so that it can be stored and derived again.

What a sitting's items share is written once. A field at its preset is left out: rows stay small, and what
was stored before a field existed still thaws. Nothing here reads it back; that is `thaw`.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from reparto.engine.shapes import Agent, Candidate, Cursor, Decision, Facts, RuleSet, Snapshot, Step, WorkItem

_REQUIRED = object()
_JSON = frozenset({"conditions", "detail"})  #: made as JSON, so they need no rewriting


def freeze_sitting(snapshot: Snapshot) -> dict[str, Any]:
    """All of a snapshot but its items."""
    return _shape(snapshot, leave=("items",))


def freeze_agent(agent: Agent) -> dict[str, Any]:
    """One of the people of a sitting."""
    return _shape(agent)


def freeze_item(item: WorkItem) -> dict[str, Any]:
    """One item of a snapshot."""
    frozen = _shape(item, leave=("facts",))
    return frozen | {"facts": freeze_facts(item.facts)} if item.facts else frozen


def freeze_decision(decision: Decision) -> dict[str, Any]:
    """One decision with its trace."""
    return _shape(decision)


def freeze_traces(decisions: Sequence[Decision]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """
    The traces of one sitting: what they share, to be stored once, and a small row for each decision.

    A row names shared steps and lists of candidates by number; `thaw_trace(row, shared=…)` gives
    the whole trace back, and `thaw_effects` what the rule did beside it.
    """
    shared = _Shared()
    rows = [shared.row(decision) for decision in decisions]
    parts = {"steps": shared.steps, "candidates": shared.candidates, "lists": shared.lists, "effects": shared.effects}
    return parts, rows


class _Shared:
    """What the traces of one sitting have in common. The engine makes equal parts one object, so identity tells."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []
        self.candidates: list[dict[str, Any]] = []
        self.lists: list[list[Any]] = []
        self.effects: list[dict[str, Any]] = []
        self._step_numbers: dict[int, int] = {}
        self._card_numbers: dict[int, int] = {}
        self._list_numbers: dict[object, int] = {}
        self._effects_numbers: dict[object, int] = {}

    def row(self, decision: Decision) -> dict[str, Any]:
        row: dict[str, Any] = {}
        if decision.steps:
            row["steps"] = [self.step(step) for step in decision.steps]
        if decision.candidates:
            row["candidates"] = self.list_number(decision.candidates)
        if decision.tags or decision.template_id is not None:
            row["effects"] = self.effects_number(decision)
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

    def effects_number(self, decision: Decision) -> int:
        known = decision.tags, decision.template_id
        number = self._effects_numbers.get(known)
        if number is None:
            number = self._effects_numbers[known] = len(self.effects)
            self.effects.append({"tags": list(decision.tags), "template_id": decision.template_id})
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
    return {name: value if value.__class__ in _SCALARS else _fact(value) for name, value in facts.items()}


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
        if value is preset or name in leave or value == preset:
            continue
        if value.__class__ in _SCALARS:
            frozen[name] = value
        else:
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


#: Written as they stand; asked of each value of each row, so by a look-up and not by `isinstance`.
_SCALARS = frozenset({str, int, bool, float, type(None)})


def _plain(value: Any) -> Any:
    kind = value.__class__
    if kind in _SCALARS:
        return value
    if kind in _WRITERS:
        return _WRITERS[kind](value)
    return _mapping(value) if isinstance(value, Mapping) else _shape(value)


def _list(values: Collection[Any]) -> list[Any]:
    return [one if one.__class__ in _SCALARS else _plain(one) for one in values]


def _mapping(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): one if one.__class__ in _SCALARS else _plain(one) for key, one in values.items()}


def _instant(instant: datetime) -> str:
    return (instant if instant.tzinfo is UTC else instant.astimezone(UTC)).isoformat()


_WRITERS: dict[type, Callable[[Any], Any]] = {
    tuple: _list,
    list: _list,
    dict: _mapping,
    frozenset: sorted,
    datetime: _instant,
    date: date.isoformat,
    time: time.isoformat,
}
