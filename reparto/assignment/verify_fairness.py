"""
Add up again, from stored decisions, that every rule kept its bound and no turn is missing or doubled (BY-9, INV-13).

It reads and changes nothing; a rule's turns are read in parcels, so memory stays flat however many there are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from reparto.engine import REASONS_FOR_THIS_KIND, Rule
from reparto.kit.organizations import this_organization
from reparto.kit.tenancy import in_organization
from reparto.rules.queries import frozen_rule_set

from .check_turns import Broken, Turn, check_turns
from .models import Decision, Sitting
from .read_trace import read_traces

#: As many decisions as are read at once.
PARCEL = 1000

#: Jumps from one organization to the next; nothing else of the decisions can be seen by this role.
ORGANIZATIONS = """
WITH RECURSIVE found AS (
    (SELECT organization_id FROM assignment_decision ORDER BY organization_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.organization_id FROM assignment_decision d WHERE d.organization_id > found.organization_id
            ORDER BY d.organization_id LIMIT 1)
    FROM found WHERE found.organization_id IS NOT NULL
)
SELECT organization_id FROM found WHERE organization_id IS NOT NULL
"""
ENDS = """
SELECT (SELECT (state ->> 'sequence')::bigint FROM assignment_cursor WHERE rule_id = %(rule)s),
       (SELECT max(rule_sequence) FROM assignment_decision WHERE rule_id = %(rule)s)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a promise is broken."""

    rule_id: int
    decision_id: int | None
    sequence: int | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at in one organization, and what is wrong with it."""

    organization_id: int
    name: str
    rules: int
    decisions: int
    broken: tuple[Place, ...]


def organizations_with_decisions() -> dict[int, str]:
    """Return the names of the organizations in which anything was decided, by id."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE reparto_queue")
        cursor.execute(ORGANIZATIONS)
        rows = cursor.fetchall()
        cursor.execute("RESET ROLE")
    return {organization_id: _name(organization_id) for (organization_id,) in rows}


def _name(organization_id: int) -> str:
    with in_organization(organization_id):
        return this_organization().name


def verify_fairness(organization_id: int) -> Verified:
    """Check every rule that ever handed anything out."""
    with in_organization(organization_id):
        decided = Decision.objects.filter(route="rule", rule_id__isnull=False)
        rules = list(decided.order_by("rule_id").values_list("rule_id", flat=True).distinct())
        counted = _Counted()
        broken = [place for rule_id in rules for place in _check_rule(organization_id, rule_id or 0, counted)]
        return Verified(organization_id, this_organization().name, len(rules), counted.number, tuple(broken))


class _Counted:
    """How many turns went by."""

    def __init__(self) -> None:
        self.number = 0

    def count(self, turns: Iterable[Turn]) -> Iterator[Turn]:
        for turn in turns:
            self.number += 1
            yield turn


def _check_rule(organization_id: int, rule_id: int, counted: _Counted) -> Iterator[Place]:
    for one in check_turns(counted.count(_turns(organization_id, rule_id))):
        yield _place(rule_id, one)
    stands_at, last = _ends(rule_id)
    if stands_at != last:
        said = f"the rule stands at turn {stands_at}, its last decision is turn {last}"
        yield Place(rule_id, None, last, "number", said)


def _ends(rule_id: int) -> tuple[int, int]:
    """Where a rule stands and its last turn, by one statement: a desk that deals meanwhile cannot come between."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS, {"rule": rule_id})
        stands_at, last = cursor.fetchone()
    return stands_at or 0, last or 0


def _place(rule_id: int, one: Broken) -> Place:
    return Place(rule_id, one.decision_id, one.sequence, one.kind, one.text)


def _turns(organization_id: int, rule_id: int) -> Iterator[Turn]:
    """Yield the turns of a rule in the order of their numbers, then those that have none."""
    decided = Decision.objects.filter(route="rule", rule_id=rule_id)
    after = 0
    # Served by the index `assignment_decision_turn_once`.
    while parcel := list(decided.filter(rule_sequence__gt=after).order_by("rule_sequence")[:PARCEL]):
        yield from _read(organization_id, parcel)
        after = parcel[-1].rule_sequence or 0
    yield from _read(organization_id, list(decided.filter(rule_sequence__isnull=True).order_by("id")))


def _read(organization_id: int, parcel: list[Decision]) -> Iterator[Turn]:
    traces = read_traces(parcel)
    rules = {one.pk: _rule_of(organization_id, one) for one in parcel}
    told = _told({one.sitting_id or 0 for one in parcel})
    for one in parcel:
        rule, (groups, keeps_turns) = rules[one.pk], told.get(one.sitting_id or 0, ({}, False))
        cards = [card for card in traces[one.pk].get("candidates", []) if card.get("rule_id") == one.rule_id]
        yield Turn(
            decision_id=one.pk,
            strategy=rule.strategy,
            sequence=one.rule_sequence,
            person_id=one.person_ids[0] if one.person_ids else 0,
            able=tuple(card["person_id"] for card in cards if card["verdict"] in ("chosen", "eligible")),
            listed=tuple(card["person_id"] for card in cards),
            weights=_weights(rule, groups) if rule.strategy == "weighted" else {},
            elsewhere=tuple(
                card["person_id"] for card in cards if keeps_turns and card["reason"] in REASONS_FOR_THIS_KIND
            ),
        )


def _told(sittings: Collection[int]) -> dict[int, tuple[Mapping[str, Any], bool]]:
    """Return the groups of each sitting, and whether turns were kept then."""
    rows = Sitting.objects.filter(pk__in=sittings).values_list("id", "shared__groups", "shared__policy__keeps_turns")
    return {number: (groups or {}, bool(kept)) for number, groups, kept in rows}


def _rule_of(organization_id: int, one: Decision) -> Rule:
    rules = frozen_rule_set(organization_id, one.rule_version or 0).rules
    return next(rule for rule in rules if rule.id == one.rule_id)


def _weights(rule: Rule, groups: Mapping[str, Any]) -> dict[int, int]:
    """Return the weight of everybody on a rule's list as its groups were then; the first mention counts."""
    weights: dict[int, int] = {}
    for target in rule.assign_to:
        if target.person_id is not None:
            weights.setdefault(target.person_id, target.weight)
        for person in groups.get(str(target.group_id), {}).get("member_ids", ()):
            weights.setdefault(person, target.weight)
    return weights
