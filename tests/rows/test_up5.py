"""UP-5: rules that wait for a time take contacts from whoever did nothing about them, and give them to others."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.explain_decision import explain
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.late_contacts import late_contacts
from reparto.assignment.models import Decision, Ownership, Round
from reparto.assignment.read_limits import read_limits, time_rules
from reparto.assignment.record_sale import record_sale
from reparto.assignment.sweep_late import sweep_late
from reparto.assignment.take_late import take_late
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.cancel_sale import cancel_sale
from reparto.contacts.models import Contact
from reparto.contacts.queries import tags_of
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.conversations.models import Assignee, Conversation, Load
from reparto.conversations.send_reply import Reply
from reparto.kit.clock import now
from reparto.notifications.models import Notification
from reparto.people.actor import Actor
from reparto.rules.models import Rule
from reparto.rules.queries import current_rule_set
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast
from tests.road import a_text, write
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def a_rule(company: Cast, *to: Actor, trigger: str = "no_followup", after: str = "2 hours", **more: Any) -> Rule:
    """Add a rule that waits for a time."""
    amount, unit, *clock = after.split()
    span = {"amount": int(amount), "unit": unit, "clock": clock[0] if clock else "calendar"}
    return cast.a_rule(*to, admin=company.admin, trigger=trigger, after=span, **more)


def a_contact(company: Cast, owner: Actor | None = None, **more: Any) -> Contact:
    """Add a contact; it is Alba's unless somebody else's."""
    return cast.a_contact(admin=company.admin, owner=owner or company.alba, **more)


def sweep(company: Cast, *, at: datetime) -> int:
    """Let the worker look."""
    return sweep_late(company.organization_id, clock=lambda: at)


def follow_up(contact: Contact, *, by: Actor, at: datetime, done_at: datetime | None = None) -> None:
    """Record a call."""
    record_follow_up(contact.pk, FollowUpDraft("call", at=done_at), actor=by, at=at)


def owner_of(contact: Contact) -> int | None:
    """Return whose it is now."""
    return Contact.objects.get(pk=contact.pk).owner_id


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


class TestWhatItDoes:
    def test_the_decision_says_why(self, company: Cast) -> None:
        """EC-62: the history names rule, version and threshold; the former owner missed it; it is derived again."""
        rule = a_rule(company, company.alba, company.bruno, tags=("tarde",))
        contact = a_contact(company)

        sweep(company, at=AT + 3 * HOUR)

        decision = Decision.objects.get(contact=contact, route="rule")
        explained = explain(decision)
        assert (rule.pk, 1, True) == (decision.rule_id, decision.rule_version, explained.same)
        verdicts = {one["person_id"]: one["reason"] for one in explained.data["candidates"]}
        assert {company.alba.person_id: "missed_it", company.bruno.person_id: "next_in_turn"} == verdicts
        assert {"amount": 2, "unit": "hours", "clock": "calendar"} == explained.data["steps"][0]["detail"]["after"]
        assert ["tarde"] == tags_of([contact.pk])[contact.pk]
        assert {company.bruno.person_id} == set(Notification.objects.values_list("person_id", flat=True)) - {
            company.alba.person_id
        }

    def test_conversations_go_with_it(self, company: Cast) -> None:
        """UP-5: the former owner leaves the open conversation and the new one works it; loads and line are true."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))
        write(account, a_text("+573001112233"))
        contact = Contact.objects.get()
        assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.admin, at=AT)
        a_rule(company, company.bruno)

        sweep(company, at=AT + 2 * HOUR)

        assert [company.bruno.person_id] == list(Assignee.objects.values_list("person_id", flat=True))
        loads = dict(Load.objects.values_list("person_id", "open"))
        assert (0, 1) == (loads[company.alba.person_id], loads[company.bruno.person_id])

    def test_a_message_out_is_a_follow_up_and_a_note_is_none(self, company: Cast) -> None:
        """UP-5: whoever answered has done something; whoever wrote to colleagues has not."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))
        a_rule(company, company.bruno)
        for phone in ("+573001112233", "+573004445566"):
            write(account, a_text(phone))
        for contact, private in zip(Contact.objects.order_by("id"), (False, True), strict=True):
            assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.admin, at=AT)
            talk = Conversation.objects.get(contact=contact)
            answer_conversation(talk.pk, Reply("Hola", private=private), actor=company.alba, at=AT + HOUR)

        sweep(company, at=AT + 2 * HOUR)

        answered, noted = (one.owner_id for one in Contact.objects.order_by("id"))
        assert (company.alba.person_id, company.bruno.person_id) == (answered, noted)


class TestARound:
    def test_goes_around_twice_and_ends_with_a_supervisor(self, company: Cast) -> None:
        """EC-58: who missed it is not chosen again in that round; after two rounds it waits until somebody acts."""
        a_rule(company, company.alba, company.bruno, company.carla)
        contact, owners = a_contact(company), [company.alba.person_id]
        for hours in range(1, 40):
            sweep(company, at=AT + hours * HOUR)
            if owner_of(contact) != owners[-1]:
                owners.append(owner_of(contact) or 0)

        assert 3 == len(set(owners[:3]))
        assert all(one != other for one, other in pairwise(owners))
        assert "ended" == Round.objects.get().state
        assert "Clara" in text(Visitor(company.manager).get("/reglas/sin-respuesta"))
        ended = Caller(company.manager).get("/rules/ended-rounds").body["items"]
        assert [(contact.pk, owners[-1])] == [(one["contact_id"], one["owner_id"]) for one in ended]
        follow_up(contact, by=company.admin, at=AT + 40 * HOUR)
        assert "Clara" not in text(Visitor(company.manager).get("/reglas/sin-respuesta"))
        assert 1 == sweep(company, at=AT + 42 * HOUR)
        assert (1, [owners[-1]]) == (Round.objects.get().number, Round.objects.get().missed)

    def test_waits_for_somebody_who_is_only_away(self, company: Cast) -> None:
        """EC-27: nobody able now is no lapse of the round; it stays with its owner and is tried again."""
        away = cast.a_person("Dora", admin=company.admin, group_id=company.north_id, receives=True, available=False)
        a_rule(company, company.alba, away)
        contact = a_contact(company)

        assert 0 == sweep(company, at=AT + 2 * HOUR)

        row = Round.objects.get()
        assert ("waits", AT + 2 * HOUR + timedelta(minutes=5)) == (row.state, row.next_try_at)
        assert company.alba.person_id == owner_of(contact)


class TestTheBreaker:
    def test_a_mass_is_asked_about_first(self, company: Cast) -> None:
        """INV-22: a sweep that would move more than a fifth moves none and asks; the answer lets it go on."""
        rule = a_rule(company, company.bruno)
        contacts = [a_contact(company) for _ in range(22)]

        assert 0 == sweep(company, at=AT + 2 * HOUR)
        assert 0 == sweep(company, at=AT + 2 * HOUR)

        halt = open_halt()
        assert halt is not None
        assert (22, 22, {str(rule.pk): 22}) == (halt.found, halt.of_all, halt.by_rule)
        page = text(Visitor(company.admin).get("/reglas"))
        assert "22 de 22 contactos" in page
        assert "/reglas/barrido" not in text(Visitor(company.manager).get("/reglas"))
        assert 403 == Visitor(company.manager).post(f"/reglas/barrido/{halt.pk}").status_code
        Visitor(company.admin).post(f"/reglas/barrido/{halt.pk}")
        assert 22 == sweep(company, at=AT + 2 * HOUR)
        assert {company.bruno.person_id} == {owner_of(contact) for contact in contacts}
        assert open_halt() is None

    def test_a_rule_is_paused_instead(self, company: Cast) -> None:
        """INV-22: pausing the rule ends the question and moves nobody; the API says the same."""
        rule = a_rule(company, company.bruno)
        contact, *_ = (a_contact(company) for _ in range(21))
        sweep(company, at=AT + 2 * HOUR)

        (asked,) = Caller(company.manager).get("/rules/halts").body["items"]
        assert (21, [rule.pk]) == (asked["found"], [one["rule_id"] for one in asked["rules"]])
        answer = f"/rules/halts/{asked['id']}"
        assert 403 == Caller(company.manager).post(answer, {"answer": "pause"}).status
        assert 200 == Caller(company.admin).post(answer, {"answer": "pause"}).status
        assert 404 == Caller(company.admin).post(answer, {"answer": "go_on"}).status

        assert 0 == sweep(company, at=AT + 2 * HOUR)
        assert (None, False) == (open_halt(), Rule.objects.get().active)
        assert company.alba.person_id == owner_of(contact)


class TestTheWorker:
    def test_knows_who_has_to_look_and_nothing_else(self, company: Cast) -> None:
        """UP-5: publishing such a rule makes the organization look at once; without one nobody looks."""
        look = "SELECT count(*) FROM assignment_desk WHERE late_at <= %s"
        assert 0 == _as_queue(look, AT + 100 * DAY)
        Caller(company.admin).post("/rules", _body(company))
        assert 1 == _as_queue(look, now())
        sweep(company, at=now())
        assert 0 == _as_queue(look, now())


def _body(company: Cast) -> dict[str, Any]:
    after = {"amount": 2, "unit": "hours"}
    to = [{"person_id": company.bruno.person_id}]
    return {"description": "R", "entity": "prospect", "trigger": "no_followup", "after": after, "assign_to": to}


def _as_queue(question: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE reparto_queue")
        cursor.execute(question, [at])
        (row,) = cursor.fetchall()
        cursor.execute("RESET ROLE")
    return int(row[0])
