"""
The figures of a replay as they are answered and kept: plain JSON, people and rules by id and name.

It counts nothing.
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from reparto.engine import RuleSet
from reparto.rules.queries import all_rules

from .count_replay import Figures, OfPerson, Side
from .pairs import Pair, Said


def show_figures(figures: Figures, *, rule_set: RuleSet, since: datetime, until: datetime) -> dict[str, Any]:
    """Return {since, until, sittings, items, …, people, rules, differences}."""
    return {
        "since": _instant(since),
        "until": _instant(until),
        "sittings": figures.sittings,
        "items": figures.items,
        "facts_of_today": figures.facts_of_today,
        "differing": figures.differing,
        "would": _side(figures.would),
        "happened": _side(figures.happened),
        "people": [_person(key, one) for key, one in sorted(figures.people.items(), key=_most_first)],
        "rules": [
            {
                "rule_id": rule.id,
                "position": rule.position,
                "description": rule.description,
                "assigned": figures.rules[rule.id],
                "happened": figures.rules_then[rule.id],
            }
            for rule in rule_set.rules
        ],
        "sweeps": _sweeps(figures, rule_set),
        "differences": [_pair(pair) for pair in figures.differences],
        "differences_left_off": figures.differing - len(figures.differences),
    }


def _sweeps(figures: Figures, rule_set: RuleSet) -> dict[str, Any] | None:
    """
    What rules that wait for a time would have moved, and moved; None where no rule of the list waits for one.

    What was moved was moved by rules that may not be in this list; those that are in force are named.
    """
    swept = figures.swept
    if swept is None:
        return None
    described = dict(all_rules().values_list("pk", "description"))
    described |= {rule.id: rule.description for rule in rule_set.rules}
    return asdict(swept) | {
        "moves": [
            {
                "rule_id": rule,
                "description": described.get(rule, ""),
                "person_id": person,
                "name": figures.people[person].name if person in figures.people else "",
                "would": figures.moves[rule, person],
                "happened": figures.moves_then[rule, person],
            }
            for rule, person in sorted({*figures.moves, *figures.moves_then})
        ],
    }


def _most_first(entry: tuple[int, OfPerson]) -> tuple[int, int, int]:
    return -entry[1].received, -entry[1].happened, entry[0]


def _person(person_id: int, one: OfPerson) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "name": one.name,
        "received": one.received,
        "happened": one.happened,
        "difference": one.received - one.happened,
        "gained": one.gained,
        "lost": one.lost,
        "mean_wait_seconds": _mean(one.waited_seconds, one.waits),
        "peak_load": one.peak_load,
        "capacity": one.capacity,
        "over_capacity": one.over_capacity,
        "full": one.full,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "assigned": side.outcomes["assigned"],
        "stays": side.outcomes["stays"],
        "queued": side.outcomes["queued"],
        "unmatched": side.outcomes["unmatched"],
        "owner_changes": side.owner_changes,
        "mean_wait_seconds": _mean(side.waited_seconds, side.waits),
        "longest_wait_seconds": round(side.longest_seconds),
    }


def _mean(total: float, count: int) -> int | None:
    return round(total / count) if count else None


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "contact_id": pair.contact_id,
        "conversation_id": pair.conversation_id,
        "at": _instant(pair.since),
        "happened": show_said(pair.happened),
        "would": show_said(pair.would),
    }


def show_said(said: Said | None) -> dict[str, Any]:
    """Return one of two decisions; one that was not made yet is one to wait."""
    if said is None:
        return {"outcome": "queued", "person_ids": [], "group_ids": [], "rule_id": None}
    people = list(said.person_ids)
    return {"outcome": said.outcome, "person_ids": people, "group_ids": list(said.group_ids), "rule_id": said.rule_id}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
