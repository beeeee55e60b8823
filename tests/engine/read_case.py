"""Read a described case: people by name, clock times of the case's day, everything ordinary unless said."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from reparto.engine import (
    Carried,
    Cursor,
    Decision,
    Figures,
    Group,
    Hours,
    Nomination,
    Policy,
    Portfolio,
    Rule,
    Snapshot,
    Target,
    WorkItem,
    fold_facts,
)
from tests.engine.builders import ACCOUNTS, AT, a_rule, a_snapshot, a_whatsapp_message, an_agent

PEOPLE: Final = {name: number for number, name in enumerate(("ana", "beto", "caro", "dora", "eva", "fito"), start=1)}
GROUPS: Final = {"norte": 11, "sur": 12}
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES: Final = {number: name for name, number in PEOPLE.items()}
_CASES: Final = Path(__file__).parent / "cases"


def cases_of(file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cases of a file, each with its sentence."""
    for case in json.loads((_CASES / f"{file}.json").read_text(encoding="utf-8")):
        yield case["sentence"], case


def read_snapshot(given: Mapping[str, Any]) -> Snapshot:
    """The snapshot of a case."""
    agents = given["agents"] if isinstance(given["agents"], dict) else {name: {} for name in given["agents"]}
    rules = [_rule(number, rule) for number, rule in enumerate(given.get("rules", ()), start=1)]
    return a_snapshot(
        agents=[an_agent(PEOPLE[name], **_agent(changed)) for name, changed in agents.items()],
        rules=rules,
        items=[_item(number, item) for number, item in enumerate(given.get("items", [{}]), start=1)],
        groups=[Group(GROUPS[name], people(members)) for name, members in given.get("groups", {}).items()],
        policy=Policy(**{"ties_in_turn": True, "keeps_turns": True, "countries": True, **given.get("policy", {})}),
        cursors={int(rule): _cursor(int(rule), cursor) for rule, cursor in given.get("cursors", {}).items()},
        figures={rule.id: _figures(given["figures"]) for rule in rules} if "figures" in given else {},
    )


def view(decision: Decision) -> dict[str, Any]:
    """A decision in the words of the cases."""
    return {
        "outcome": decision.outcome,
        "route": decision.route,
        "to": " ".join(NAMES[person] for person in decision.person_ids),
        "groups": [group for group in GROUPS if GROUPS[group] in decision.group_ids],
        "owner": decision.owner_id and NAMES.get(decision.owner_id, decision.owner_id),
        "owner_changed": decision.owner_changed,
        "stand_in": decision.stand_in,
        "reason": decision.reason,
        "rule": decision.rule_id,
        "tags": list(decision.tags),
        "template": decision.template_id,
        "next_try": decision.next_try_at and f"{decision.next_try_at:%H:%M:%S}",
        "why": {NAMES.get(one.person_id, "?"): f"{one.verdict} {one.reason}" for one in decision.candidates},
        "steps": [
            " ".join(filter(None, (one.kind, _position(one.position), one.verdict, one.reason)))
            for one in decision.steps
        ],
        "sequence": decision.cursor and decision.cursor.sequence,
        "line": " ".join(NAMES[person] for person in decision.cursor.line) if decision.cursor else "",
    }


def people(names: Any) -> tuple[int, ...]:
    """People by their names, in a list or in one text."""
    return tuple(PEOPLE[name] for name in (names.split() if isinstance(names, str) else names or ()))


def _position(position: int | None) -> str | None:
    return None if position is None else str(position)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.combine(AT.date(), time.fromisoformat(text), tzinfo=AT.tzinfo)


def _agent(changed: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {
        "modes": lambda modes: (
            dict.fromkeys(ACCOUNTS.values(), "auto") | {ACCOUNTS[kind]: modes[kind] for kind in modes}
        ),
        "caps": lambda caps: {ACCOUNTS[kind]: cap for kind, cap in caps.items()},
        "away_until": _moment,
        "last_seen_at": _moment,
        "last_assigned_at": _moment,
        "campaign_ids": frozenset,
        "hours": lambda hours: tuple(
            Hours(DAYS.index(day), time.fromisoformat(a), time.fromisoformat(b)) for day, a, b in hours
        ),
        "absences": lambda spans: tuple((_moment(since), _moment(until)) for since, until in spans),
    }
    return {key: read[key](value) if key in read else value for key, value in changed.items()}


def _rule(number: int, changed: Mapping[str, Any]) -> Rule:
    rest = {key: value for key, value in changed.items() if key != "to"}
    targets = changed.get("to", [])
    targets = targets.split() if isinstance(targets, str) else targets
    rest["assign_to"] = tuple(_target(target) for target in targets)
    rest["tags"] = tuple(changed.get("tags", ()))
    return a_rule(rest.pop("id", number), **rest)


def _target(target: Any) -> Target:
    name, weight = target if isinstance(target, list) else (target, 1)
    if name in GROUPS:
        return Target(group_id=GROUPS[name], weight=weight)
    return Target(person_id=PEOPLE[name], weight=weight)


def _cursor(rule_id: int, cursor: Mapping[str, Any]) -> Cursor:
    return Cursor(
        rule_id,
        last_person_id=PEOPLE[cursor["last"]] if "last" in cursor else None,
        order=people(cursor.get("order")),
        sequence=cursor.get("sequence", 0),
        served=people(cursor.get("served")),
        line=people(cursor.get("line")),
        ranking=people(cursor.get("ranking")),
        ranked_by=cursor.get("by", ""),
        credits={PEOPLE[name]: credit for name, credit in cursor.get("credits", {}).items()},
    )


def _figures(figures: Mapping[str, Any]) -> dict[int, Figures]:
    return {PEOPLE[name]: Figures(successes, attempts) for name, (successes, attempts) in figures.items()}


def _item(number: int, changed: Mapping[str, Any]) -> WorkItem:
    read: dict[str, Any] = {
        "owner": lambda name: ("owner_id", PEOPLE[name]),
        "assignees": lambda names: ("assignee_ids", people(names)),
        "groups": lambda names: ("assignee_group_ids", tuple(GROUPS[name] for name in names)),
        "defaults": lambda names: ("default_assignee_ids", people(names)),
        "portfolio": lambda three: (
            "portfolio",
            Portfolio(PEOPLE[three[0]], *(PEOPLE[name] if name else None for name in three[1:])),
        ),
        "flow": lambda named: ("nomination", _nomination(named)),
        "facts": lambda facts: ("facts", fold_facts(facts)),
        "due": lambda rules: ("due_rule_ids", tuple(rules)),
        "missed": lambda names: ("missed_ids", people(names)),
        "carried": lambda talks: ("carried", tuple(_carried(*talk) for talk in talks)),
        "channel": lambda kind: ("channel", kind),
        "contact": lambda contact: ("contact_id", contact),
        "conversation": lambda conversation: ("conversation_id", conversation),
    }
    fields = dict(read[key](value) if key in read else (key, value) for key, value in changed.items())
    if "channel" in fields:
        fields["account_id"] = ACCOUNTS[fields["channel"]]
    return a_whatsapp_message(number, **fields)


def _carried(channel: str, effort: int, names: str) -> Carried:
    return Carried(ACCOUNTS[channel], channel, effort, people(names))  # type: ignore[arg-type]  # a text of the case


def _nomination(named: Mapping[str, Any]) -> Nomination:
    groups = tuple(GROUPS.get(name, 99) for name in named.get("groups", ()))
    return Nomination(1, person_ids=people(named.get("people")), group_ids=groups)
