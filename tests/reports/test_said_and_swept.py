"""What a replay says of a sweep is what the sweep then does: rules that wait, changed by chance (INV-25)."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Decision
from reparto.contacts.models import Contact
from reparto.people.edit_person import edit_person
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.reports.replay_history import replay_history
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule
from reparto.rules.queries import frozen_rule_set
from reparto.rules.rule_draft import RuleDraft
from tests.cast import AT, Cast, a_company, a_phone, a_whatsapp_account
from tests.reports.checksums import checksums
from tests.road import a_text, write
from tests.rows import late

pytestmark = pytest.mark.django_db
SWEPT = AT + timedelta(hours=3)
AFTER = {"amount": 2, "unit": "hours", "clock": "calendar"}
#: Contact → whose it becomes, and who works what follows it.
type Moved = dict[int, tuple[int | None, tuple[int, ...]]]


@pytest.fixture
def rule(cast: Cast) -> Rule:
    """The first of two rules that wait: by it, and else by the other, five contacts of Alba's are late at once."""
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))
    edit_person(cast.bruno.person_id, {"capacity": 1}, actor=cast.admin, at=AT)
    for _ in range(2):
        write(account, a_text(a_phone(), at=AT), at=AT)
    for contact in Contact.objects.order_by("id"):
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.admin, at=AT)
    for _ in range(3):
        late.a_contact(cast)
    for person in (cast.alba, cast.bruno, cast.carla):
        show_sign_of_life(person.person_id, at=SWEPT)
    first = late.a_rule(cast, cast.bruno, cast.carla)
    late.a_rule(cast, cast.carla, trigger="no_first_followup", after="1 hours", description="Detrás")
    return first


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


def any_change(chance: random.Random, cast: Cast) -> dict[str, Any]:
    """Return what becomes of the rule: other people, another criterion, another filter; its time stays."""
    people = chance.sample((cast.alba, cast.bruno, cast.carla), chance.randint(1, 3))
    filters = {"field": "phone", "op": "contains", "value": str(chance.randint(0, 9))}
    return {
        "assign_to": tuple({"person_id": one.person_id, "weight": chance.randint(1, 3)} for one in people),
        "strategy": chance.choice(["round_robin", "least_loaded", "weighted"]),
        "filters": chance.choice([{}, filters, {"not": filters}]),
        "if_nobody": chance.choice(["next", "wait"]),
        "tags": chance.choice([(), ("Tarde",)]),
    }


def said(cast: Cast, rule: Rule, change: dict[str, Any]) -> Moved:
    """Return what a replay of the sweep of the rules in force says of the changed ones: it names what is otherwise."""
    draft = RuleDraft("Otra", trigger=rule.trigger, after=AFTER, **change)
    moved = swept(cast)
    assert Contact.objects.count() == len(moved)
    # From a moment before the look: from the beginning, a sweep of the draft would have been sooner.
    since, until = SWEPT - timedelta(seconds=5), SWEPT + timedelta(seconds=5)
    figures = replay_history(draft_rule_set([draft], rule_id=rule.pk), since=since, until=until)
    for pair in figures.differences:
        del moved[pair.contact_id]
        if pair.would and pair.would.outcome == "assigned":
            moved[pair.contact_id] = (pair.would.owner_id, pair.would.person_ids)
    return moved


def done(cast: Cast, rule: Rule, change: dict[str, Any]) -> Moved:
    """Put the changed rule in force and let the worker look; return what it moved."""
    # Of a version that was rolled back another has the number.
    frozen_rule_set.cache_clear()
    edit_rule(rule.pk, change, actor=cast.admin, at=AT)
    return swept(cast)


def swept(cast: Cast) -> Moved:
    """Let the worker look; return what it moved."""
    before = Decision.objects.latest("id").pk
    late.sweep(cast, at=SWEPT)
    made = Decision.objects.filter(pk__gt=before, outcome="assigned")
    return {one.contact_id: (one.owner_id, tuple(one.person_ids)) for one in made}


def tried(way: Any, *asked: Any) -> Moved:
    """Return what comes of a way, and take it back."""
    with transaction.atomic():
        found: Moved = way(*asked)
        transaction.set_rollback(True)
    return found


class TestSaidAndSwept:
    def test_are_the_same(self, cast: Cast, rule: Rule) -> None:
        """INV-25, UP-5: 25 changes of a rule that waits: who would have got each late contact is who then gets it."""
        untouched, moved = checksums(), 0
        for seed in range(25):
            change = any_change(random.Random(seed), cast)
            expected, happened = tried(said, cast, rule, change), tried(done, cast, rule, change)
            assert expected == happened, (seed, change)
            moved += len(happened)

        frozen_rule_set.cache_clear()
        assert moved > 25
        assert untouched == checksums()
