"""UP-5: rules that wait for a time take contacts from whoever did nothing about them, and give them to others."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.explain_decision import explain
from reparto.assignment.late_contacts import late_contacts
from reparto.assignment.models import Decision, Ownership
from reparto.assignment.read_limits import read_limits, time_rules
from reparto.assignment.record_sale import record_sale
from reparto.assignment.sweep_late import sweep_late
from reparto.assignment.take_late import take_late
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.cancel_sale import cancel_sale
from reparto.contacts.models import Contact
from reparto.kit.clock import now
from reparto.rules.queries import current_rule_set
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast
from tests.rows.late import DAY, HOUR, a_contact, a_rule, follow_up, owner_of, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


class TestByApi:
    @pytest.mark.parametrize(
        ("trigger", "unit", "past", "moves"),
        [
            ("no_followup", "hours", [3 * HOUR], True),
            ("no_followup", "hours", [HOUR / 12], False),
            ("no_followup", "days", [30 * HOUR], True),
            ("no_followup", "days", [20 * HOUR], False),
            ("no_followup", "weeks", [8 * DAY], True),
            ("no_followup", "months", [40 * DAY], True),
            ("no_followup", "months", [20 * DAY], False),
            ("no_followup", "hours", [HOUR / 30, 3 * HOUR], False),
            ("no_first_followup", "hours", [], False),
            ("no_sales", "months", [40 * DAY], True),
            ("no_sales", "months", [40 * DAY, 10 * DAY], False),
        ],
    )
    def test_a_history_that_is_brought_in_counts(
        self, company: Cast, trigger: str, unit: str, past: list[timedelta], moves: bool
    ) -> None:
        """UP-5: what was done in the past, written by the API, decides whether the rule takes the contact."""
        admin = Caller(company.admin)
        body = {"name": "Clara", "kind": "prospect", "owner_id": company.alba.person_id}
        contact = admin.post("/contacts", body).body["id"]
        for ago in past:
            what = {"amount": "100", "currency": "MXN"} if trigger == "no_sales" else {"kind": "call", "note": "Hola"}
            path = f"/contacts/{contact}/" + ("sales" if trigger == "no_sales" else "follow-ups")
            assert 201 == admin.post(path, {**what, "at": (now() - ago).isoformat()}).status
        rule = {
            "description": "Rescatar",
            "entity": "client" if trigger == "no_sales" else "prospect",
            "trigger": trigger,
            "after": {"amount": 1, "unit": unit},
            "assign_to": [{"person_id": company.bruno.person_id}],
            "tags": ["tarde"],
        }
        made = admin.post("/rules", rule).body

        sweep(company, at=now())

        expected = company.bruno if moves else company.alba
        seen = admin.get(f"/contacts/{contact}").body
        assert (expected.person_id, "calendar") == (seen["owner_id"], made["after"]["clock"])
        (last, *_) = admin.get(f"/contacts/{contact}/decisions").body["items"]
        if moves:
            assert ("rule", made["id"], ["tarde"]) == (last["route"], last["rule"]["id"], seen["tags"])


class TestWhoGetsThem:
    def test_by_load_all_get_some(self, company: Cast) -> None:
        """UP-7, BY-12: contacts alone weigh nothing, so all stay equal: they go around, and each is derived again so."""
        a_rule(company, company.bruno, company.carla, strategy="least_loaded")
        contacts = [a_contact(company) for _ in range(5)]
        moved = sweep(company, at=AT + 5 * HOUR)
        decided = Decision.objects.filter(rule_id__isnull=False)
        bruno, carla = company.bruno.person_id, company.carla.person_id

        assert (5, [bruno] * 3 + [carla] * 2) == (moved, sorted(owner_of(one) or 0 for one in contacts))
        assert [True] * 5 == [explain(one).same for one in decided]


class TestWhenItIsDue:
    def test_never_followed_up_counts_from_the_assignment(self, company: Cast) -> None:
        """UP-5: a contact that nobody ever followed up is late when it has been its owner's for so long."""
        a_rule(company, company.bruno)
        contact = a_contact(company)

        assert 0 == sweep(company, at=AT + 2 * HOUR - timedelta(seconds=1))
        assert 1 == sweep(company, at=AT + 2 * HOUR)
        assert company.bruno.person_id == owner_of(contact)

    def test_whoever_was_given_it_has_the_whole_time(self, company: Cast) -> None:
        """UP-5, INV-22: after a move, by a rule or by hand, the time begins anew: at most once a period."""
        a_rule(company, company.alba, company.bruno, company.carla)
        contact = a_contact(company)
        sweep(company, at=AT + 2 * HOUR)
        first = owner_of(contact)

        assert 0 == sweep(company, at=AT + 4 * HOUR - timedelta(seconds=1))
        assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.admin, at=AT + 3 * HOUR)
        assert 0 == sweep(company, at=AT + 4 * HOUR)
        assert 1 == sweep(company, at=AT + 5 * HOUR)
        assert len({first, company.alba.person_id, owner_of(contact)}) >= 2
        assert 4 == Ownership.objects.filter(contact=contact).count()

    def test_a_clock_that_jumps_back_meanwhile(self, company: Cast) -> None:
        """INV-22: two rules are for a contact, and the clock jumps back a day while it moves: it moves once."""
        for trigger in ("no_followup", "no_first_followup"):
            a_rule(company, company.bruno, company.carla, trigger=trigger)
        contact, later = a_contact(company), AT + 3 * HOUR
        times = iter([later, later])

        assert 1 == sweep_late(company.organization_id, clock=lambda: next(times, later - DAY))
        assert [AT, later] == list(
            Ownership.objects.filter(contact=contact).order_by("since").values_list("since", flat=True)
        )

    def test_a_first_follow_up_by_the_new_owner(self, company: Cast) -> None:
        """UP-5: what was done before the assignment is no first follow-up of it; one after it is."""
        a_rule(company, company.bruno, trigger="no_first_followup")
        one, other = a_contact(company), a_contact(company)
        for contact in (one, other):
            follow_up(contact, by=company.admin, at=AT + HOUR, done_at=AT - HOUR)
        follow_up(other, by=company.alba, at=AT + HOUR)

        sweep(company, at=AT + 2 * HOUR)

        assert (company.bruno.person_id, company.alba.person_id) == (owner_of(one), owner_of(other))

    def test_a_cancelled_sale_is_none(self, company: Cast) -> None:
        """EC-64: a client whose only sale was cancelled bought nothing."""
        a_rule(company, company.bruno, trigger="no_sales", after="3 months", entity="client")
        one, other = a_contact(company), a_contact(company)
        for contact in (one, other):
            sale = record_sale(
                contact.pk, SaleDraft(Decimal(10), "MXN", AT + 90 * DAY), actor=company.admin, at=AT + 90 * DAY
            )
        cancel_sale(other.pk, sale.pk, actor=company.admin, at=AT + 91 * DAY)

        sweep(company, at=AT + 100 * DAY)

        assert (company.alba.person_id, company.bruno.person_id) == (owner_of(one), owner_of(other))

    def test_what_nobody_owns_is_given_to_somebody(self, company: Cast) -> None:
        """LG-10, LG-11: a contact that waits in the pool is dealt by a rule when nobody took it for so long."""
        a_rule(company, company.bruno)
        contact = cast.a_contact(admin=company.admin)

        sweep(company, at=AT + 2 * HOUR)

        assert company.bruno.person_id == owner_of(contact)

    @pytest.mark.parametrize("clock", ["calendar", "working"])
    def test_found_and_looked_at_again_by_one_law(self, company: Cast, clock: str) -> None:
        """UP-5: the query that finds and the look under the lock say the same of every kind of contact."""
        contacts = _every_kind_of_contact(company)
        for trigger, entity in (("no_followup", "prospect"), ("no_first_followup", "prospect"), ("no_sales", "client")):
            a_rule(company, company.carla, trigger=trigger, after=f"2 hours {clock}", entity=entity)
        rules = time_rules(current_rule_set())

        for hours in range(1, 9):
            at = AT + hours * HOUR
            limits = read_limits(rules, at=at)
            looked = {
                one.item.contact_id: set(one.item.due_rule_ids)
                for one in take_late(company.organization_id, contacts, limits, at=at)
            }
            found: dict[int, set[int]] = {}
            for limit in limits:
                for pk in late_contacts(limit, at=at).values_list("pk", flat=True):
                    found.setdefault(pk, set()).add(limit.rule.id)
            assert looked == found


def _every_kind_of_contact(company: Cast) -> list[int]:
    """Add contacts in all states that the law tells apart; return their ids."""
    steps: list[Callable[[Contact, datetime], object]] = [
        lambda contact, at: follow_up(contact, by=company.admin, at=at),
        lambda contact, at: follow_up(contact, by=company.admin, at=at, done_at=AT - DAY),
        lambda contact, at: assign_by_hand(contact.pk, owner_id=company.bruno.person_id, actor=company.admin, at=at),
        lambda contact, at: assign_by_hand(contact.pk, owner_id=None, actor=company.admin, at=at),
        lambda contact, at: record_sale(contact.pk, SaleDraft(Decimal(1), "MXN"), actor=company.admin, at=at),
    ]
    contacts = []
    for first in (None, *steps):
        for second in (None, *steps):
            contact = a_contact(company)
            contacts.append(contact.pk)
            for step, at in ((first, AT + HOUR), (second, AT + 3 * HOUR)):
                if step is not None:
                    step(contact, at)
    return contacts
