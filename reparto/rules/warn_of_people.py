"""
What an administrator should know of the people of a rule: that none could be given what it takes. Pure.

It forbids nothing, and knows no other rule.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reparto.engine import Leaf, Rule

from .flatten_filter import flatten_filter


@dataclass(frozen=True, slots=True)
class Staff:
    """Who could be given anything, as things stand."""

    receivers: Collection[int]  #: people who receive and work here
    members: Mapping[int, Collection[int]]  #: of each group, subgroups included
    on_leave: Collection[int] = ()  #: away all of tomorrow
    #: account → who is given its conversations automatically and has room for one; None: there is no account
    in_auto: Mapping[int, Collection[int]] | None = None
    joined: Mapping[int, Collection[int]] = field(default_factory=dict)  #: campaign → who may take its contacts


def warn_of_people(rule: Rule, staff: Staff) -> Iterator[str]:
    """Yield the codes of what is to know."""
    people = people_of(rule, staff.members)
    able = {person for person in people if person in staff.receivers}
    if not people:
        yield "empty_pool"
    elif not able:
        yield "nobody_receives"
    elif rule.strategy == "weighted" and not any(people[person] > 0 for person in able):
        yield "no_weight"
    elif all(person in staff.on_leave for person in able):
        yield "all_on_leave"
    if able:
        yield from _of_reach(rule, able, staff)


def people_of(rule: Rule, members: Mapping[int, Collection[int]]) -> dict[int, int]:
    """Return the people of a rule's list with their weights."""
    people: dict[int, int] = {}
    for target in rule.assign_to:
        named = [target.person_id] if target.person_id is not None else members.get(target.group_id or 0, ())
        for person in named:
            people.setdefault(person, target.weight)
    return people


def asked_of(rule: Rule, field: str) -> frozenset[Any] | None:
    """Return the values of a choice of which a rule plainly asks for one; None where it does not ask."""
    leaves = [one for one in flatten_filter(rule.filters) or () if isinstance(one, Leaf)]
    asked = [
        frozenset(one.value) for one in leaves if (one.field, one.op) == (field, "in") and isinstance(one.value, tuple)
    ]
    return frozenset.intersection(*asked) if asked else None


def _of_reach(rule: Rule, able: set[int], staff: Staff) -> Iterator[str]:
    """Whether those who receive can be given what the rule asks for."""
    campaigns = asked_of(rule, "campaign")
    if campaigns is not None and able.isdisjoint(_those_of(campaigns, staff.joined)):
        yield "none_in_campaign"
    if rule.trigger != "web_integration":
        if len(able) == 1 and asked_of(rule, "owner") == frozenset(able):
            yield "only_its_owner"
    elif staff.in_auto is not None:
        accounts = asked_of(rule, "account")
        if able.isdisjoint(_those_of(staff.in_auto, staff.in_auto)):
            yield "by_hand_only"
        elif accounts is not None and able.isdisjoint(_those_of(accounts, staff.in_auto)):
            yield "not_on_account"


def _those_of(keys: Iterable[int], people: Mapping[int, Collection[int]]) -> set[int]:
    return {person for key in keys for person in people.get(key, ())}
