"""Snapshots of every kind from a seed: people in all states, rules of all strategies, items on all routes."""

from datetime import timedelta
from random import Random
from typing import Any

from reparto.engine import (
    Agent,
    Carried,
    Cursor,
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

STRATEGIES = ("round_robin", "close_rate", "followup_speed", "least_loaded", "weighted")
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"field": "country", "op": "is", "value": "MX"},
    {"field": "groups", "op": "has", "value": 11},
    {"not": {"field": "tags", "op": "has", "value": "vip"}},
    {"any": [{"field": "owner", "op": "empty"}, {"field": "sellers", "op": ">", "value": 4}]},
    {"field": "no_such", "op": "is", "value": "x"},
)


def any_snapshot(seed: int) -> Snapshot:
    """The snapshot of a seed."""
    chance = Random(seed)
    agents = [_agent(chance, person) for person in range(1, chance.randint(2, 8))]
    rules = [_rule(chance, number, len(agents) + 1) for number in range(1, chance.randint(1, 6))]
    everybody = range(1, len(agents) + 2)
    return a_snapshot(
        agents=agents,
        rules=rules,
        items=[_item(chance, number, everybody) for number in range(1, chance.randint(2, 12))],
        groups=[Group(group, tuple(_some(chance, everybody))) for group in (11, 12)],
        policy=Policy(
            sign_of_life=chance.random() < 0.8,
            owner_away=chance.choice(("cover", "wait")),
            ties_in_turn=chance.random() < 0.8,
            keeps_turns=chance.random() < 0.8,
            countries=chance.random() < 0.8,
        ),
        cursors={rule.id: _cursor(chance, rule.id, everybody) for rule in rules if chance.random() < 0.5},
        figures={rule.id: _figures(chance, everybody) for rule in rules},
    )


def _some(chance: Random, people: range) -> list[int]:
    return chance.sample(people, chance.randint(0, len(people)))


def _agent(chance: Random, person: int) -> Agent:
    changes: dict[str, Any] = {
        "receives": False,
        "suspended": True,
        "availability": "away",
        "away_until": AT + timedelta(minutes=chance.randint(-9, 9)),
        "last_seen_at": AT - timedelta(minutes=chance.randint(0, 20)),
        "modes": {account: chance.choice(("disabled", "enabled", "auto", "auto")) for account in ACCOUNTS.values()},
        "absences": ((AT - timedelta(hours=1), AT + timedelta(minutes=chance.randint(-9, 9))),),
        "hours": (Hours(2, AT.time(), (AT + timedelta(hours=chance.randint(-1, 2))).time()),),
        "time_zone": chance.choice(("UTC", "America/Santiago", "Asia/Tokyo")),
    }
    changed = {name: value for name, value in changes.items() if chance.random() < 0.12}
    changed |= {"load": chance.randint(0, 3), "capacity": chance.choice((None, 2, 4, 6))}
    changed |= {"caps": chance.choice(({}, {}, {1: 3, 2: 2, 3: 4}))}
    changed |= {"per_hour": chance.choice((None, None, 2)), "per_day": chance.choice((None, None, 3))}
    changed |= {"campaign_ids": frozenset(chance.choice(((), (5,))))}
    changed |= {"last_assigned_at": chance.choice((None, AT - timedelta(hours=chance.randint(1, 5))))}
    return an_agent(person, **changed)


def _rule(chance: Random, number: int, people: int) -> Rule:
    members = _some(chance, range(1, people + 1))
    targets = [Target(person_id=person, weight=chance.randint(0, 4)) for person in members]
    if chance.random() < 0.3:
        targets.append(Target(group_id=chance.choice((11, 12, 99))))
    return a_rule(
        number,
        assign_to=tuple(targets),
        strategy=chance.choice(STRATEGIES),
        filters=chance.choice(FILTERS),
        tags=chance.choice(((), ("VIP",))),
        entity=chance.choice(("prospect", "prospect", "client")),
        trigger=chance.choice(("web_integration", "web_integration", "no_followup")),
        if_nobody=chance.choice(("next", "wait")),
        active=chance.random() < 0.9,
    )


def _item(chance: Random, number: int, everybody: range) -> WorkItem:
    def maybe(value: Any, odds: float = 0.2) -> Any:
        return value if chance.random() < odds else None

    channel = chance.choice(tuple(ACCOUNTS))
    contact = chance.randint(1, 6)
    owner = maybe(chance.choice(everybody)) if contact > 3 else None
    return a_whatsapp_message(
        number,
        contact_id=contact if contact <= 3 else 100 + number,
        conversation_id=None if chance.random() < 0.2 else 200 + number,
        account_id=ACCOUNTS[channel],
        channel=channel,
        effort=chance.randint(1, 2),
        arrived_by_itself=chance.random() < 0.9,
        owner_id=owner,
        campaign_id=maybe(5),
        assignee_ids=tuple(maybe(_some(chance, everybody)) or ()),
        assignee_group_ids=tuple(maybe([11], 0.1) or ()),
        default_assignee_ids=tuple(maybe(_some(chance, everybody)) or ()),
        portfolio=maybe(
            Portfolio(chance.choice(everybody), maybe(chance.choice(everybody), 0.7), chance.choice(everybody))
        ),
        nomination=maybe(Nomination(1, tuple(_some(chance, everybody)), tuple(maybe([11, 99]) or ()))),
        facts=_facts(chance, owner),
        due_rule_ids=tuple(maybe([1, 2], 0.15) or ()),
        missed_ids=tuple(maybe(_some(chance, everybody), 0.1) or ()),
        carried=tuple(
            Carried(account, kind, chance.randint(0, 2), tuple(maybe(_some(chance, everybody)) or ()))  # type: ignore[arg-type]
            for kind, account in ACCOUNTS.items()
            if chance.random() < 0.3
        ),
    )


def _facts(chance: Random, owner: int | None) -> Any:
    raw = {
        "country": "México",
        "name": ["José", "Ana"],
        "sellers": chance.randint(0, 9),
        "created": AT,
        "tags": ["Norte"],
        "owner": owner,
    }
    raw["country"] = chance.choice(("MX", "CO"))
    return fold_facts(raw)


def _cursor(chance: Random, rule_id: int, everybody: range) -> Cursor:
    order = tuple(_some(chance, everybody))
    return Cursor(
        rule_id,
        last_person_id=chance.choice((None, *order)),
        order=order,
        sequence=chance.randint(0, 9),
        served=order[:1],
        ranking=order[::-1],
        credits={person: chance.randint(-9, 9) * 10**8 for person in order},
    )


def _figures(chance: Random, everybody: range) -> dict[int, Figures]:
    return {person: Figures(float(chance.randint(0, 20)), chance.randint(0, 20)) for person in _some(chance, everybody)}
