"""
*Assign to* as chips: people and groups in their order, whose turn it is, who would be skipped and why (UP-6).

The verdicts are the engine's own, of this instant.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, get_args

from django.utils.translation import gettext

from reparto.assignment.read_bench import Bench, read_bench
from reparto.assignment.whose_turn import whose_turn
from reparto.engine import Candidate, Rule, Strategy, Target
from reparto.people.models import Group, Person
from reparto.people.queries import all_groups, all_people

from ..say_refusal import say_reason
from .rule_form import RuleForm


def show_targets(form: RuleForm, *, rule_id: int, at: datetime) -> dict[str, Any]:
    """Return the chips, and whom one may still add."""
    people = {person.pk: person for person in all_people()}
    groups = {group.pk: group for group in all_groups()}
    bench = read_bench(at=at)
    verdicts = _verdicts(form, rule_id, bench, at)
    taken = {one.token for one in form.chosen}
    return {
        "chips": [
            _chip(one.token, one.weight, people, groups) | _note(one.token, bench, verdicts, people)
            for one in form.chosen
        ],
        "weighted": form.strategy == "weighted",
        "addable": _addable(people.values(), groups.values(), taken),
    }


def _verdicts(form: RuleForm, rule_id: int, bench: Bench, at: datetime) -> Mapping[int, Candidate]:
    targets = [one.target() for one in form.chosen]
    known = tuple(Target(**target) for target in targets if target.get("weight", 1) >= 0)
    rule = Rule(id=rule_id, position=1, description="", assign_to=known, strategy=_strategy(form))
    return {candidate.person_id: candidate for candidate in whose_turn([rule], bench, at=at)[rule_id]}


def _strategy(form: RuleForm) -> Strategy:
    known: tuple[Strategy, ...] = get_args(Strategy)
    return next((one for one in known if one == form.strategy), "round_robin")


def _chip(token: str, weight: str, people: Mapping[int, Person], groups: Mapping[int, Group]) -> dict[str, Any]:
    number = int(token[1:]) if token[1:].isdecimal() and len(token) < 20 else 0
    thing = people.get(number) if token[:1] == "p" else groups.get(number)
    name = thing.name if thing else gettext("somebody who is no longer here")
    person = people.get(number) if token[:1] == "p" else None
    return {"token": token, "id": f"to-{token}", "name": name, "person": person, "weight": weight}


def _note(
    token: str, bench: Bench, verdicts: Mapping[int, Candidate], people: Mapping[int, Person]
) -> dict[str, str | bool]:
    number = int(token[1:]) if token[1:].isdecimal() and len(token) < 20 else 0
    if token[:1] == "g":
        return _note_of_group(bench.groups[number].member_ids if number in bench.groups else (), verdicts, people)
    candidate = verdicts.get(number)
    if candidate is None:
        return {"note": gettext("no longer works here"), "skipped": True, "next": False}
    if candidate.verdict == "chosen":
        return {"note": gettext("is next"), "skipped": False, "next": True}
    refused = candidate.verdict == "rejected"
    return {"note": _short(candidate) if refused else "", "skipped": refused, "next": False}


def _note_of_group(
    members: tuple[int, ...], verdicts: Mapping[int, Candidate], people: Mapping[int, Person]
) -> dict[str, str | bool]:
    judged = [verdicts[one] for one in members if one in verdicts]
    first = next((one for one in judged if one.verdict == "chosen"), None)
    if first is not None and first.person_id in people:
        said = gettext("%(name)s is next") % {"name": people[first.person_id].name}
        return {"note": said, "skipped": False, "next": True}
    able = sum(one.verdict != "rejected" for one in judged)
    said = gettext("%(able)d of %(all)d can receive") % {"able": able, "all": len(members)}
    return {"note": said, "skipped": not able, "next": False}


def _short(candidate: Candidate) -> str:
    """Return the reason in the two words that a chip has room for."""
    if candidate.reason == "at_capacity":
        return f"{candidate.detail['load']}/{candidate.detail['capacity']}"
    return say_reason(candidate.reason)


def _addable(people: Iterable[Person], groups: Iterable[Group], taken: set[str]) -> list[dict[str, Any]]:
    free = [(f"p{one.pk}", one.name) for one in people if one.suspended_at is None and f"p{one.pk}" not in taken]
    teams = [(f"g{one.pk}", one.name) for one in groups if f"g{one.pk}" not in taken]
    found = [{"label": gettext("People"), "options": free}, {"label": gettext("Groups"), "options": teams}]
    return [one for one in found if one["options"]]
