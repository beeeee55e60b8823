"""UP-5: what a sweep does: the decision, conversations, rounds, the question before a mass."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.explain_decision import explain
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.models import Decision, Round
from reparto.contacts.models import Contact
from reparto.contacts.queries import tags_of
from reparto.conversations.models import Assignee, Conversation, Load
from reparto.conversations.send_reply import Reply
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from reparto.notifications.models import Notification
from reparto.notifications.reach_out import PUSH
from reparto.notifications.subscribe_browser import subscribe_browser
from reparto.people.edit_person import edit_person
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast
from tests.notifications.push_service import AnyBrowser
from tests.road import a_text, write
from tests.rows.late import DAY, HOUR, a_contact, a_rule, follow_up, owner_of, sweep
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


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
        said = describe_decision(decision).rule
        assert said is not None
        assert "≥ 2 " in said.conditions
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
        assert 0 == sweep(company, at=AT + 2 * HOUR), "nobody is there to answer it"
        show_sign_of_life(company.bruno.person_id, at=AT + 3 * HOUR)

        sweep(company, at=AT + 3 * HOUR)

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
        show_sign_of_life(company.bruno.person_id, at=AT + 2 * HOUR)

        sweep(company, at=AT + 2 * HOUR)

        answered, noted = (one.owner_id for one in Contact.objects.order_by("id"))
        assert (company.alba.person_id, company.bruno.person_id) == (answered, noted)


class TestByPage:
    def test_a_rule_is_written_and_a_follow_up_recorded(self, company: Cast) -> None:
        """UP-5: the editor offers the types that wait, and says the time on the card; the profile's form counts."""
        admin = Visitor(company.admin)
        form = a_form(company.bruno, trigger="no_followup", amount="2", unit="hours", clock="calendar", tags="")
        assert 302 == admin.post("/reglas/nueva", **form).status_code
        one, other = a_contact(company), a_contact(company)
        path = f"/contactos/{one.pk}/seguimientos"
        assert 302 == Visitor(company.alba).post(path, kind="call", note="Hola").status_code

        sweep(company, at=now())

        assert "≥ 2 horas" in text(admin.get("/reglas"))
        assert (company.alba.person_id, company.bruno.person_id) == (owner_of(one), owner_of(other))


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
        assert set(owners) == set(ended[0]["missed_ids"])
        follow_up(contact, by=company.admin, at=AT + 40 * HOUR)
        assert "Clara" not in text(Visitor(company.manager).get("/reglas/sin-respuesta"))
        assert 1 == sweep(company, at=AT + 42 * HOUR)
        assert (1, [owners[-1]]) == (Round.objects.get().number, Round.objects.get().missed)

    def test_that_ends_is_told_to_the_nearest_manager(self, company: Cast) -> None:
        """BY-20, BY-36: one notification an hour counts up; outside it leaves as they chose; administrators are spared."""
        a_rule(company, company.alba)
        subscribe_browser(AnyBrowser("https://push.example.com/marta").draft, actor=company.manager, at=AT)
        one, other = a_contact(company, name="Clara"), a_contact(company, name="Diego")
        sweep(company, at=AT + 2 * HOUR)
        follow_up(other, by=company.admin, at=AT + 2 * HOUR)
        sweep(company, at=AT + 2 * HOUR + timedelta(seconds=20))

        (told,) = Notification.objects.filter(kind="ended")
        assert (company.manager.person_id, 2) == (told.person_id, told.number)
        assert 1 == Outbox.objects.filter(kind=PUSH, body__notification_id=told.pk).count()
        marta = Visitor(company.manager)
        assert "<b>2</b> contactos esperan a un supervisor" in text(marta.get("/notificaciones"))
        waits = "Espera a un supervisor"
        pages = [text(marta.get(f"/contactos/{contact.pk}")) for contact in (one, other)]
        assert [True, False] == [waits in page for page in pages]
        choices = [text(Visitor(person).get("/perfil/notificaciones")) for person in (company.manager, company.alba)]
        assert [True, False] == ["Nadie da seguimiento" in page for page in choices]

    def test_waits_for_somebody_who_is_only_away(self, company: Cast) -> None:
        """EC-27: nobody able now is no lapse of the round; it stays with its owner and is tried again."""
        away = cast.a_person("Dora", admin=company.admin, group_id=company.north_id, receives=True, available=False)
        a_rule(company, company.alba, away)
        contact = a_contact(company)

        assert 0 == sweep(company, at=AT + 2 * HOUR)

        row = Round.objects.get()
        assert ("waits", AT + 2 * HOUR + timedelta(minutes=5)) == (row.state, row.next_try_at)
        assert company.alba.person_id == owner_of(contact)

    def test_does_not_end_because_nobody_is_let_receive(self, company: Cast) -> None:
        """EC-58: a rule whose people are switched off has given nobody anything; once one receives, it acts."""
        a_rule(company, company.bruno)
        contact = a_contact(company)
        for receives, moved in ((False, 0), (True, 1)):
            edit_person(company.bruno.person_id, {"receives": receives}, actor=company.admin, at=AT)
            assert moved == sweep(company, at=AT + 2 * HOUR)
            assert moved or ("waits", None) == (Round.objects.get().state, Round.objects.get().next_try_at)
        assert company.bruno.person_id == owner_of(contact)

    def test_that_ended_goes_on_with_whoever_comes(self, company: Cast) -> None:
        """EC-58: somebody new among a rule's people, or a rule for others, gets what all the former had; told once."""
        rule, contact = a_rule(company, company.alba), a_contact(company)
        sweep(company, at=AT + 2 * HOUR)
        edit_rule(rule.pk, {"tags": ["otra"]}, actor=company.admin, at=AT)
        assert 0 == sweep(company, at=AT + 3 * HOUR)
        assert AT + 2 * HOUR == Round.objects.get().at, "nobody came: it is not looked at again"

        away = cast.a_person("Dora", admin=company.admin, group_id=company.north_id, receives=True, available=False)
        to = [{"person_id": one.person_id} for one in (company.alba, away)]
        edit_rule(rule.pk, {"assign_to": to}, actor=company.admin, at=AT)
        assert 0 == sweep(company, at=AT + 4 * HOUR)
        assert "waits" == Round.objects.get().state
        a_rule(company, company.carla, after="1 days")
        assert 1 == sweep(company, at=AT + DAY)

        assert company.carla.person_id == owner_of(contact)
        assert 1 == Notification.objects.get(kind="ended").number


class TestTheBreaker:
    def test_a_mass_is_asked_about_first(self, company: Cast) -> None:
        """INV-22: a sweep that would move more than a fifth moves none and tells administrators; the answer lets it go on."""
        rule = a_rule(company, company.bruno)
        contacts = [a_contact(company) for _ in range(6)]

        assert 0 == sweep(company, at=AT + 2 * HOUR)
        assert 0 == sweep(company, at=AT + 2 * HOUR)

        halt = open_halt()
        assert halt is not None
        assert (6, 6, {str(rule.pk): 6}) == (halt.found, halt.of_all, halt.by_rule)
        (told,) = Notification.objects.filter(kind="halt")
        assert (company.admin.person_id, 6) == (told.person_id, told.number)
        assert "movería <b>6</b> contactos a la vez" in text(Visitor(company.admin).get("/notificaciones"))
        choices = [text(Visitor(one).get("/perfil/notificaciones")) for one in (company.admin, company.manager)]
        assert [True, False] == ["pregunta antes de mover muchos" in page for page in choices]
        page = text(Visitor(company.admin).get("/reglas"))
        assert "6 de 6 contactos" in page
        assert "/reglas/barrido" not in text(Visitor(company.manager).get("/reglas"))
        assert 403 == Visitor(company.manager).post(f"/reglas/barrido/{halt.pk}").status_code
        Visitor(company.admin).post(f"/reglas/barrido/{halt.pk}")
        assert 6 == sweep(company, at=AT + 2 * HOUR)
        assert {company.bruno.person_id} == {owner_of(contact) for contact in contacts}
        assert open_halt() is None

    def test_a_rule_is_paused_instead(self, company: Cast) -> None:
        """INV-22: pausing the rule ends the question and moves nobody; the API says the same."""
        rule = a_rule(company, company.bruno)
        contact, *_ = (a_contact(company) for _ in range(6))
        sweep(company, at=AT + 2 * HOUR)

        (asked,) = Caller(company.manager).get("/rules/halts").body["items"]
        assert (6, [rule.pk]) == (asked["found"], [one["rule_id"] for one in asked["rules"]])
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
