"""
Write what the engine is told and answers as plain JSON, so that it can be stored and derived again.

What a sitting's items share is written once. A field at its preset is left out: rows stay small, and what
was stored before a field existed still thaws. Nothing here reads it back; that is `thaw`.
"""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from reparto.engine.shapes import Cursor, Decision, Facts, RuleSet, Snapshot, WorkItem

_REQUIRED = object()


def freeze_sitting(snapshot: Snapshot) -> dict[str, Any]:
    """All of a snapshot but its items."""
    return _shape(snapshot, leave="items")


def freeze_item(item: WorkItem) -> dict[str, Any]:
    """One item of a snapshot."""
    frozen = _shape(item, leave="facts")
    return frozen | {"facts": freeze_facts(item.facts)} if item.facts else frozen


def freeze_decision(decision: Decision) -> dict[str, Any]:
    """One decision with its trace."""
    return _shape(decision)


def freeze_rule_set(rule_set: RuleSet) -> dict[str, Any]:
    """One version of the rules."""
    return _shape(rule_set)


def freeze_cursor(cursor: Cursor) -> dict[str, Any]:
    """Where a rule's rotation stands."""
    return _shape(cursor)


def freeze_facts(facts: Facts) -> dict[str, Any]:
    """A contact's facts. A set is written {"set": […]}, several texts {"texts": […]}, an instant {"at": …}."""
    return {name: _fact(value) for name, value in facts.items() if value is not None}


def _fact(value: object) -> object:
    if isinstance(value, frozenset):
        return {"set": sorted(value, key=lambda one: (str(type(one)), one))}
    if isinstance(value, tuple):
        return {"texts": list(value)}
    return {"at": _instant(value)} if isinstance(value, datetime) else value


def _shape(shape: Any, *, leave: str | None = None) -> dict[str, Any]:
    frozen = {}
    for name, preset in _fields(type(shape)):
        value = getattr(shape, name)
        if name != leave and (preset is _REQUIRED or value != preset):
            frozen[name] = _plain(value)
    return frozen


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
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
