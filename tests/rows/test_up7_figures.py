"""UP-7 with real results: who closes and who follows up soon, measured from rows, decides at the desk and is explained."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.explain_decision import explain
from reparto.assignment.measure_people import measure_people, read_measured
from reparto.assignment.models import Decision, Measure, Ownership
from reparto.assignment.renew_measure import renew_measure
from reparto.assignment.undo_decision import undo_decision
from reparto.contacts.models import Contact, FollowUp, Sale
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply, send_reply
from reparto.engine import Figures
from reparto.engine.strategies.rank_people import rank_people
from reparto.rules.delete_rule import delete_rule
from reparto.rules.queries import all_rules
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_contact, a_phone, a_whatsapp_account
from tests.road import a_text, write

SINCE = AT - timedelta(days=30)
LATER = AT + timedelta(days=2)


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def history(cast: Cast, person: int, *, sold: int, received: int, hours: float | None = None) -> list[Contact]:
    """Give a person contacts a month ago, some of which bought, all of which were followed up after some hours."""
    of = cast.organization_id
    contacts = Contact.objects.bulk_create(
        Contact(organization_id=of, name=f"{person}-{n}", owner_id=person, created_at=SINCE, updated_at=SINCE)
        for n in range(received)
    )
    Ownership.objects.bulk_create(
        Ownership(organization_id=of, contact=one, person_id=person, since=SINCE, decision_id=0) for one in contacts
    )
    for one in contacts[:sold]:
        sell(cast, one, person)
    if hours is not None:
        at = SINCE + timedelta(hours=hours)
        FollowUp.objects.bulk_create(
            FollowUp(organization_id=of, contact=one, person_id=person, kind="call", at=at) for one in contacts
        )
    return contacts


def sell(cast: Cast, contact: Contact, person: int, at: datetime = SINCE + timedelta(days=1)) -> Sale:
    """Let somebody have sold to a contact."""
    return Sale.objects.create(
        organization_id=cast.organization_id,
        contact=contact,
        amount=Decimal(10),
        currency="MXN",
        at=at,
        seller_id=person,
        recorded_by_id=person,
        recorded_at=at,
    )


def measured(cast: Cast, by: str, *, days: int = 90, at: datetime = AT) -> dict[int, Figures]:
    """Return what is known of people now."""
    return dict(read_measured(measure_people(cast.organization_id, days=days, at=at))[by])


def places(cast: Cast, order: tuple[int, ...], sample: int, weight: int) -> tuple[int, ...]:
    """Return people ranked by what is known of them now."""
    figures = measured(cast, "close_rate")
    ranking = rank_people(order, figures=figures, minimum_sample=sample, shrinkage=weight, highest_first=True)
    return ranking.order


def a_ranked_rule(cast: Cast, by: str) -> dict[str, Any]:
    """Publish a rule over Carla, Bruno, Alba in this order."""
    people = (cast.carla, cast.bruno, cast.alba)
    assign_to = [{"person_id": one.person_id} for one in people]
    said = Caller(cast.admin).post(
        "/rules",
        {"description": "Por resultados", "entity": "prospect", "trigger": "web_integration", "assign_to": assign_to}
        | {"strategy": by, "filters": {}},
    )
    assert 201 == said.status
    return dict(said.body)


def deal(cast: Cast, count: int, *, at: datetime = AT) -> list[int | None]:
    """Let new contacts write one after the other; return whose each became."""
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))
    for _ in range(count):
        write(account, a_text(a_phone()), at=at)
    return list(Contact.objects.filter(account=account).order_by("id").values_list("owner_id", flat=True))


class TestTheShareOfSalesClosed:
    def test_begins_each_round_with_whoever_closes_most(self, cast: Cast) -> None:
        """UP-7, BY-11: Alba closed 8 of 10, Bruno 5, Carla 1: so go the rounds, and each gets one a round."""
        for person, sold in ((cast.alba, 8), (cast.bruno, 5), (cast.carla, 1)):
            history(cast, person.person_id, sold=sold, received=10)
        a_ranked_rule(cast, "close_rate")

        owners = deal(cast, 4)

        alba, bruno, carla = (one.person_id for one in (cast.alba, cast.bruno, cast.carla))
        assert [alba, bruno, carla, alba] == owners
        assert all(explain(one).same for one in Decision.objects.filter(sitting__isnull=False))

    def test_believes_no_small_sample(self, cast: Cast) -> None:
        """EC-71: whoever closed 1 of 1 does not come before 40 of 100; below the minimum sample one comes after."""
        history(cast, cast.carla.person_id, sold=1, received=1)
        history(cast, cast.bruno.person_id, sold=40, received=100)
        a_ranked_rule(cast, "close_rate")

        assert [cast.bruno.person_id, cast.carla.person_id] == deal(cast, 2)

    def test_counts_a_contact_once_and_no_cancelled_sale(self, cast: Cast) -> None:
        """INV-23, EC-64: two sales to one contact are one that bought; a cancelled one is none; so is what was undone."""
        alba = cast.alba.person_id
        first, second, *_ = history(cast, alba, sold=2, received=4)
        sell(cast, first, alba)
        Sale.objects.filter(contact=second).update(cancelled_at=AT)
        given = assign_by_hand(a_contact(admin=cast.admin).pk, owner_id=alba, actor=cast.manager, at=AT)
        assert given is not None
        undo_decision(given.pk, actor=cast.manager, at=AT + timedelta(seconds=5))

        assert Figures(1, 4) == measured(cast, "close_rate", at=LATER)[alba]
        assert {} == measured(cast, "close_rate", days=7)

    def test_follows_a_contact_that_became_another(self, cast: Cast) -> None:
        """INV-23: what was received before a merge and sold after it counts once, for whoever received it."""
        kept, merged = history(cast, cast.alba.person_id, sold=0, received=2)
        Contact.objects.filter(pk=merged.pk).update(merged_into=kept)
        sell(cast, kept, cast.alba.person_id)

        assert Figures(1, 1) == measured(cast, "close_rate")[cast.alba.person_id]


class TestTheSpeedOfFollowUp:
    def test_begins_each_round_with_whoever_is_fastest(self, cast: Cast) -> None:
        """UP-7: Carla follows up within the hour, Bruno within five, Alba within nine: so go the rounds."""
        for person, hours in ((cast.alba, 9), (cast.bruno, 5), (cast.carla, 1)):
            history(cast, person.person_id, sold=0, received=6, hours=hours)
        a_ranked_rule(cast, "followup_speed")

        assert [cast.carla.person_id, cast.bruno.person_id, cast.alba.person_id] == deal(cast, 3)

    def test_counts_the_time_that_contacts_wait_in_vain(self, cast: Cast) -> None:
        """UP-7: whoever follows up two at once and lets four wait for a month is not fast; a colleague's call is theirs."""
        alba = cast.alba.person_id
        contacts = history(cast, alba, sold=0, received=6)
        rows: Sequence[tuple[Contact, int]] = (
            (contacts[0], alba),
            (contacts[1], alba),
            (contacts[2], cast.admin.person_id),
        )
        for contact, person in rows:
            FollowUp.objects.create(
                organization_id=cast.organization_id,
                contact=contact,
                person_id=person,
                kind="call",
                at=SINCE + timedelta(hours=1),
            )

        assert Figures(2 * 3600 + 4 * 30 * 86400, 2) == measured(cast, "followup_speed")[alba]

    def test_takes_an_answer_for_a_follow_up(self, cast: Cast) -> None:
        """UP-7: whoever was given a contact follows it up by answering it; a note and what one took oneself are none."""
        alba, bruno = cast.alba.person_id, cast.bruno.person_id
        a_ranked_rule(cast, "round_robin")
        deal(cast, 3)
        talks = {talk.contact.owner_id: talk for talk in Conversation.objects.select_related("contact")}
        taken = a_contact("Tomada", admin=cast.admin)
        assign_by_hand(taken.pk, owner_id=alba, actor=cast.alba, at=AT)
        minute = AT + timedelta(minutes=1)
        for person, private in ((cast.alba, False), (cast.bruno, True)):
            reply = Reply("Buenas", private=private)
            send_reply(talks[person.person_id].pk, reply, actor=person, at=minute)

        found = measured(cast, "followup_speed", at=AT + timedelta(minutes=10))

        assert (Figures(60, 1), Figures(600, 0)) == (found[alba], found[bruno])


class TestTheDesk:
    def test_measures_once_for_many_sittings(self, cast: Cast) -> None:
        """P1: the first sitting measures and keeps it; those after it read it beside what they read anyway."""
        history(cast, cast.bruno.person_id, sold=5, received=9)
        a_ranked_rule(cast, "close_rate")
        deal(cast, 1)
        first = Measure.objects.get()
        deal(cast, 2, at=AT + timedelta(minutes=3))

        assert first.at == Measure.objects.get().at == AT

    def test_measures_again_when_the_worker_has_been_away(self, cast: Cast) -> None:
        """BY-11: what is older than a quarter of an hour, or of another window, is not believed."""
        a_ranked_rule(cast, "close_rate")
        deal(cast, 1)
        late = AT + timedelta(minutes=16)
        deal(cast, 1, at=late)
        assert late == Measure.objects.get().at

        said = Caller(cast.admin).patch("/settings/figures", {"days": 30})
        deal(cast, 1, at=late)

        assert {"days": 30, "minimum_sample": 5, "shrinkage": 5} == said.body
        assert 30 == Measure.objects.get().days

    def test_is_relieved_by_the_worker(self, cast: Cast) -> None:
        """P1: every five minutes the worker measures for rules that go by results, and forgets it when there are none."""
        rule = a_ranked_rule(cast, "close_rate")
        deal(cast, 1)
        minute = AT + timedelta(minutes=5)
        renew_measure(cast.organization_id, at=minute)
        assert minute == Measure.objects.get().at

        delete_rule(rule["id"], actor=cast.admin, at=minute)
        renew_measure(cast.organization_id, at=minute + timedelta(minutes=5))

        assert not all_rules().exists()
        assert not Measure.objects.exists()

    def test_measures_nothing_for_rules_that_go_by_turns(self, cast: Cast) -> None:
        """P1: without a rule that goes by results nothing is measured, and no sitting keeps any figure."""
        a_ranked_rule(cast, "round_robin")
        deal(cast, 2)

        assert not Measure.objects.exists()
        assert all(
            "figures" not in one.sitting.shared for one in Decision.objects.filter(sitting__isnull=False) if one.sitting
        )


class TestTheRanking:
    def test_lowers_nobody_for_a_sale(self, cast: Cast) -> None:
        """INV-23: over random histories one more sale never lowers its seller's place, whatever the settings."""
        people = [one.person_id for one in (cast.alba, cast.bruno, cast.carla, cast.manager)]
        for seed in range(25):
            chance = Random(seed)
            sample, weight = chance.randint(1, 6), chance.randint(0, 60)
            order = tuple(chance.sample(people, len(people)))
            given = {}
            for person in people:
                many = chance.randint(0, 8)
                given[person] = history(cast, person, sold=chance.randint(0, many), received=many)
            seller = chance.choice([one for one in people if given[one]] or people)

            before = places(cast, order, sample, weight)
            if given[seller]:
                sell(cast, chance.choice(given[seller]), seller)
            after = places(cast, order, sample, weight)

            assert after.index(seller) <= before.index(seller)

    def test_is_the_same_whatever_the_order_of_rows(self, cast: Cast) -> None:
        """INV-23: the figures are those that plain counting gives, in whatever order rows were written."""
        people = [one.person_id for one in (cast.alba, cast.bruno, cast.carla)]
        chance = Random(7)
        expected: dict[int, tuple[int, int]] = {}
        for person in chance.sample(people * 3, 9):
            many = chance.randint(0, 5)
            sold = chance.randint(0, many)
            history(cast, person, sold=sold, received=many)
            former = expected.get(person, (0, 0))
            expected[person] = former[0] + sold, former[1] + many

        found = measured(cast, "close_rate")

        assert {one: pair for one, pair in expected.items() if pair[1]} == {
            one: (figure.successes, figure.attempts) for one, figure in found.items()
        }
