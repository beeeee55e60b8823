"""Read back what `freeze` wrote, exactly: the same snapshot, hence the same decisions. Checks nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from reparto.engine.shapes import (
    After,
    Agent,
    Candidate,
    Carried,
    Cursor,
    Decision,
    Facts,
    Figures,
    Group,
    Hours,
    Nomination,
    Policy,
    Portfolio,
    Rule,
    RuleSet,
    Snapshot,
    Step,
    Target,
    WorkItem,
)

Read = Callable[[Any], Any]


def thaw_snapshot(sitting: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> Snapshot:
    """A snapshot from a frozen sitting and the frozen items that were decided in it, in their order."""
    return _shape(Snapshot)({**sitting, "items": list(items)})  # type: ignore[no-any-return]


def thaw_item(frozen: Mapping[str, Any]) -> WorkItem:
    """One item."""
    return _shape(WorkItem)(frozen)  # type: ignore[no-any-return]


def thaw_decision(frozen: Mapping[str, Any]) -> Decision:
    """One decision with its trace."""
    return _shape(Decision)(frozen)  # type: ignore[no-any-return]


def thaw_trace(row: Mapping[str, Any], *, shared: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The steps and the candidates of a row of `freeze_traces`, whole again, still as plain JSON."""
    numbers = shared["lists"][row["candidates"]] if "candidates" in row else ()
    return {
        "steps": _look_up(row.get("steps", ()), shared["steps"]),
        "candidates": _look_up(numbers, shared["candidates"]),
    }


def thaw_effects(row: Mapping[str, Any], *, shared: Mapping[str, Any]) -> dict[str, Any]:
    """Tags and template of a row of `freeze_traces`; empty of what was stored before these were."""
    if "effects" not in shared:
        return {}
    return dict(shared["effects"][row["effects"]]) if "effects" in row else {"tags": [], "template_id": None}


def thaw_rule_set(frozen: Mapping[str, Any]) -> RuleSet:
    """One version of the rules."""
    return _shape(RuleSet)(frozen)  # type: ignore[no-any-return]


def thaw_cursor(frozen: Mapping[str, Any]) -> Cursor:
    """Where a rule's rotation stands."""
    return _shape(Cursor)(frozen)  # type: ignore[no-any-return]


def thaw_facts(frozen: Mapping[str, Any]) -> Facts:
    """A contact's facts."""
    return {name: _fact(value) for name, value in frozen.items()}


def _look_up(entries: Iterable[Any], known: Sequence[Any]) -> list[Any]:
    return [known[entry] if isinstance(entry, int) else entry for entry in entries]


def _fact(value: Any) -> Any:
    # JSON has no other mapping, and to ask what is one is dear where thousands of facts are read.
    if value.__class__ is not dict:
        return value
    if "set" in value:
        return frozenset(value["set"])
    return tuple(value["texts"]) if "texts" in value else datetime.fromisoformat(value["at"])


def _shape(kind: type) -> Read:
    readers = _READERS[kind]

    def read(frozen: Mapping[str, Any]) -> Any:
        return kind(
            **{
                name: value if value is None or (reader := readers.get(name)) is None else reader(value)
                for name, value in frozen.items()
            }
        )

    return read


def _many(read: Read) -> Read:
    return lambda values: tuple(read(value) for value in values)


def _by_id(read: Read) -> Read:
    return lambda values: {int(key): read(value) for key, value in values.items()}


def _same(value: Any) -> Any:
    return value


_instant: Final = datetime.fromisoformat

# Listed from the leaves up, because each names the readers of those inside it.
_READERS: Final[dict[type, dict[str, Read]]] = {
    Hours: {"since": time.fromisoformat, "until": time.fromisoformat},
    Group: {"member_ids": tuple},
    Target: {},
    After: {},
    Cursor: {"order": tuple, "served": tuple, "ranking": tuple, "line": tuple, "credits": _by_id(_same)},
    Portfolio: {},
    Nomination: {"person_ids": tuple, "group_ids": tuple},
    Carried: {"assignee_ids": tuple},
    Figures: {},
    Policy: {},
    Step: {"conditions": tuple},
    Candidate: {},
}
_READERS[Agent] = {
    "away_until": _instant,
    "last_seen_at": _instant,
    "modes": _by_id(_same),
    "caps": _by_id(_same),
    "on_account": _by_id(_same),
    "campaign_ids": frozenset,
    "last_assigned_at": _instant,
    "hours": _many(_shape(Hours)),
    "absences": _many(_many(_instant)),
    "holidays": _many(date.fromisoformat),
}
_READERS[Rule] = {"assign_to": _many(_shape(Target)), "tags": tuple, "after": _shape(After)}
_READERS[RuleSet] = {"rules": _many(_shape(Rule))}
_READERS[WorkItem] = {
    "assignee_ids": tuple,
    "assignee_group_ids": tuple,
    "default_assignee_ids": tuple,
    "portfolio": _shape(Portfolio),
    "nomination": _shape(Nomination),
    "facts": thaw_facts,
    "due_rule_ids": tuple,
    "missed_ids": tuple,
    "carried": _many(_shape(Carried)),
}
_READERS[Snapshot] = {
    "at": _instant,
    "items": _many(_shape(WorkItem)),
    "agents": _by_id(_shape(Agent)),
    "groups": _by_id(_shape(Group)),
    "rule_set": _shape(RuleSet),
    "cursors": _by_id(_shape(Cursor)),
    "figures": _by_id(_by_id(_shape(Figures))),
    "policy": _shape(Policy),
}
_READERS[Decision] = {
    "person_ids": tuple,
    "group_ids": tuple,
    "tags": tuple,
    "next_try_at": _instant,
    "steps": _many(_shape(Step)),
    "candidates": _many(_shape(Candidate)),
    "cursor": _shape(Cursor),
}
