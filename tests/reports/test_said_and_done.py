"""What the preview says is what then happens: rules drawn by chance, tried on what waits, then put in force (INV-25)."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from reparto.assignment.change_rules import change_rules
from reparto.assignment.models import Decision, Waiting
from reparto.assignment.try_contact import try_contact
from reparto.channels.set_cap import set_cap
from reparto.people.edit_person import edit_person
from reparto.people.set_availability import set_availability
from reparto.reports.replay_history import replay_history
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.publish_rules import publish_rules
from reparto.rules.queries import frozen_rule_set
from reparto.rules.rule_draft import RuleDraft
from reparto.rules.store_rules import store_rules
from reparto.rules.thaw_rules import show_frozen
from tests.cast import AT, Cast, a_company, a_contact, a_phone, a_whatsapp_account
from tests.reports.checksums import checksums
from tests.road import a_text, work, write

pytestmark = pytest.mark.django_db
ARRIVED = 8


@pytest.fixture
def cast() -> Cast:
    """
    Return a company without rules, to which prospects and clients of two countries have written on two numbers.

    Each of the three has another limit: a capacity, a capacity and a cap on one number, so many an hour.
    """
    cast = a_company()
    all_receive = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))
    two_receive = a_whatsapp_account(admin=cast.admin, auto=(cast.bruno, cast.carla), phone_number_id="106540352242923")
    for person, limit in ((cast.alba, {"capacity": 2}), (cast.bruno, {"capacity": 3}), (cast.carla, {"per_hour": 2})):
        edit_person(person.person_id, limit, actor=cast.admin, at=AT)
    set_cap(cast.bruno.person_id, all_receive.pk, cap=1, actor=cast.admin, at=AT)
    for number in range(ARRIVED):
        phone = f"+5198765430{number}" if number % 3 == 0 else a_phone()
        kind = "client" if number % 4 == 1 else "prospect"
        a_contact(admin=cast.admin, phone=phone, kind=kind)
        # At one instant, as they will be decided: who received longer ago ends ties.
        write(two_receive if number % 5 == 2 else all_receive, a_text(phone, at=AT), at=AT)
    return cast


def any_rules(chance: random.Random, cast: Cast) -> list[RuleDraft]:
    """Return one to three rules of any sort."""
    return [_any_rule(chance, cast, number) for number in range(chance.randint(1, 3))]


def _any_rule(chance: random.Random, cast: Cast, number: int) -> RuleDraft:
    people = chance.sample((cast.alba, cast.bruno, cast.carla), chance.randint(1, 3))
    to: list[dict[str, Any]] = [{"person_id": one.person_id, "weight": chance.randint(0, 3)} for one in people]
    filters: dict[str, Any] = chance.choice(
        [
            {},
            {"field": "phone", "op": "starts", "value": chance.choice(["+51", "+57"])},
            {"not": {"field": "phone", "op": "contains", "value": str(chance.randint(0, 9))}},
            {
                "any": [
                    {"field": "name", "op": "contains", "value": str(chance.randint(0, 9))},
                    {"field": "email", "op": "not_empty"},
                ]
            },
        ]
    )
    return RuleDraft(
        f"Regla {number}",
        tuple(to if chance.random() < 0.8 else [{"group_id": cast.north_id}]),
        strategy=chance.choice(["round_robin", "least_loaded", "weighted", "close_rate", "followup_speed"]),
        entity=chance.choice(["prospect", "prospect", "client"]),
        filters=filters,
        if_nobody=chance.choice(["next", "wait"]),
        tags=chance.choice([(), ("Nuevo",)]),
        active=chance.random() < 0.9,
    )


def said(cast: Cast, drafts: list[RuleDraft]) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Return what the preview says of each contact."""
    rule_set = draft_rule_set(drafts, whole=True)
    figures = replay_history(rule_set, since=AT - timedelta(hours=1), until=AT + timedelta(hours=1))
    would = {pair.contact_id: (pair.would.outcome, pair.would.person_ids) for pair in figures.differences if pair.would}
    first = min(Waiting.objects.values_list("contact_id", flat=True))
    tried = try_contact(cast.organization_id, first, rule_set=rule_set, at=AT).as_it_stands
    if tried.outcome == "assigned":
        assert would[first] == (tried.outcome, tuple(tried.person_ids))
    return {contact: one for contact, one in would.items() if one[0] == "assigned"}


def done(cast: Cast, drafts: list[RuleDraft]) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Put the rules in force and let a worker decide what waits; return what was assigned, by contact."""
    rules = [show_frozen(rule) for rule in draft_rule_set(drafts, whole=True).rules]
    numbered = [rule | {"id": 10_000 + place} for place, rule in enumerate(rules)]

    def put() -> None:
        store_rules(numbered, organization_id=cast.organization_id)
        publish_rules(actor=cast.admin, at=AT)

    before = Decision.objects.latest("id").pk
    # Of a version that was rolled back another has the number.
    frozen_rule_set.cache_clear()
    change_rules(put, actor=cast.admin, at=AT)
    work(cast.organization_id, at=AT)
    made = Decision.objects.filter(pk__gt=before, outcome="assigned")
    return {one.contact_id: (one.outcome, tuple(one.person_ids)) for one in made}


def prove(cast: Cast, seeds: range) -> None:
    """Draw rules, ask, do at the instant asked of, compare, and take it back; the asking writes nothing."""
    for person in (cast.alba, cast.bruno, cast.carla):
        set_availability(person.person_id, status="available", actor=person, at=AT)
    untouched, given = checksums(), 0
    for seed in seeds:
        drafts = any_rules(random.Random(seed), cast)
        expected = said(cast, drafts)
        with transaction.atomic():
            happened = done(cast, drafts)
            transaction.set_rollback(True)
        assert expected == happened, (seed, drafts)
        given += len(happened)
    frozen_rule_set.cache_clear()
    assert given > len(seeds)
    assert untouched == checksums()


class TestSaidAndDone:
    """INV-25."""

    def test_are_the_same(self, cast: Cast) -> None:
        """INV-25: 40 sets of rules drawn by chance: what the preview says of each contact is what then happens."""
        prove(cast, range(40))

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    def test_are_the_same_for_many(self, cast: Cast) -> None:
        """INV-25: 500 of them, 0 differences."""
        prove(cast, range(1000, 1500))
