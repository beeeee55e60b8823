"""Suspending somebody with open work: their heirs get it, once, signed by the system, and the history keeps both."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.assignment.decide_waiting import decide_waiting
from reparto.assignment.hand_over import Heirs, hand_over
from reparto.assignment.models import Decision, Handover
from reparto.assignment.queries import decisions_of_contact, last_handover, ledger_of
from reparto.assignment.work_handover import work_handover
from reparto.contacts.queries import addresses_of, default_assignees_of
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, loads_of
from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.kit.run_worker import PENDING
from reparto.people.invite_person import invite_person
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownPerson, find_person
from reparto.people.reactivate_person import reactivate_person
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, a_contact, a_phone, a_rule, a_stranger, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return a_company()


def finish(company: Cast, *, limit: int = 50) -> Handover | None:
    """Work parcels until nothing runs; return Alba's job."""
    while work_handover(company.organization_id, at=LATER, limit=limit):
        pass
    return last_handover(company.alba.person_id)


def leave(company: Cast, heirs: Heirs) -> Handover | None:
    """Suspend Alba and hand all over."""
    hand_over(company.alba.person_id, heirs, actor=company.admin, at=AT)
    return finish(company)


def a_talk(company: Cast, *, owner: bool = True) -> Conversation:
    """A contact writes, and Alba has it: as owner, or only to work it."""
    account = a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno, company.carla))
    contact = a_contact(admin=company.admin, phone=a_phone(), owner=company.alba if owner else None)
    write(account, a_text(addresses_of([contact.pk])[contact.pk][0].value))
    talk = Conversation.objects.get(contact=contact)
    if not owner:
        assign_conversation(talk.pk, Chosen((company.alba.person_id,)), actor=company.admin, at=AT)
    return talk


def workers(talk: Conversation) -> list[int]:
    """Return who works a conversation."""
    return assignees_of([talk.pk])[talk.pk].person_ids


class TestMoving:
    def test_contacts_and_conversations_go_to_the_heir(self, company: Cast) -> None:
        """EC-54: each contact and conversation has one entry, the system's, and the ledger names both owners."""
        talk, still = a_talk(company), a_contact(admin=company.admin, owner=company.alba)

        job = leave(company, Heirs(company.bruno.person_id))

        talk.contact.refresh_from_db()
        still.refresh_from_db()
        bruno, alba = company.bruno.person_id, company.alba.person_id
        assert (bruno, bruno, [bruno]) == (talk.contact.owner_id, still.owner_id, workers(talk))
        assert [(bruno, None), (alba, LATER)] == [(one.person_id, one.until) for one in ledger_of(still.pk)]
        latest = decisions_of_contact(talk.contact_id)[0]
        assert ("bulk", None, "handed_over") == (latest.route, latest.actor_id, latest.reason)
        assert 2 == Decision.objects.filter(reason="handed_over").count()
        assert job is not None
        assert ("done", 2, 2) == (job.state, job.worked, job.total)

    def test_their_place_among_default_assignees_goes_too(self, company: Cast) -> None:
        """AC-2, EC-54: Whoever inherits takes it, once; without an heir nobody has it."""
        one, other = (a_contact(admin=company.admin) for _ in range(2))
        for contact, people in ((one, [company.alba]), (other, [company.alba, company.bruno])):
            set_default_assignees(contact.pk, [who.person_id for who in people], actor=company.admin, at=AT)

        leave(company, Heirs(company.bruno.person_id))
        inherited = default_assignees_of([one.pk, other.pk])
        hand_over(company.bruno.person_id, Heirs(None), actor=company.admin, at=AT)

        bruno = company.bruno.person_id
        assert {one.pk: [bruno], other.pk: [bruno]} == inherited
        assert {} == default_assignees_of([one.pk, other.pk])

    def test_loads_stay_true(self, company: Cast) -> None:
        """What one had open, the other has now."""
        a_talk(company)

        leave(company, Heirs(company.bruno.person_id))

        ids = [company.alba.person_id, company.bruno.person_id]
        assert [0, 1] == [loads_of(ids).get(one, 0) for one in ids]

    def test_a_conversation_of_anothers_contact_goes_without_the_contact(self, company: Cast) -> None:
        """EC-54: whoever only helped leaves the conversation to the heir; the contact's owner stays."""
        talk = a_talk(company, owner=False)

        leave(company, Heirs(company.carla.person_id))

        talk.contact.refresh_from_db()
        assert (None, [company.carla.person_id]) == (talk.contact.owner_id, workers(talk))

    def test_another_heir_on_one_account(self, company: Cast) -> None:
        """EC-54: per account as chosen: the conversation goes to that account's heir, the contact to the other."""
        talk = a_talk(company)

        leave(company, Heirs(company.bruno.person_id, {talk.account_id: company.carla.person_id}))

        talk.contact.refresh_from_db()
        assert (company.bruno.person_id, [company.carla.person_id]) == (talk.contact.owner_id, workers(talk))

    def test_nobody_inherits_and_the_rules_speak(self, company: Cast) -> None:
        """EC-43: contacts go back to the pool; an open conversation is shared out by the rules, never to who left."""
        talk, still = a_talk(company), a_contact(admin=company.admin, owner=company.alba)
        a_rule(company.alba, company.carla, admin=company.admin)

        leave(company, Heirs(None))
        decide_waiting(company.organization_id, at=LATER)

        still.refresh_from_db()
        assert (None, [company.carla.person_id]) == (still.owner_id, workers(talk))

    def test_closed_conversations_stay_as_they_are(self, company: Cast) -> None:
        """EC-43: what is closed keeps who worked it."""
        talk = a_talk(company, owner=False)
        Conversation.objects.filter(pk=talk.pk).update(status="closed")

        assert leave(company, Heirs(company.bruno.person_id)) is None
        assert [company.alba.person_id] == workers(talk)


class TestTheJob:
    def test_it_goes_on_where_it_was(self, company: Cast) -> None:
        """EC-96: parcels end anywhere; the next worker repeats nothing and forgets nothing."""
        contacts = [a_contact(admin=company.admin, owner=company.alba) for _ in range(5)]
        hand_over(company.alba.person_id, Heirs(company.bruno.person_id), actor=company.admin, at=AT)

        first = work_handover(company.organization_id, at=LATER, limit=2)
        assert first is not None
        assert ("running", 2, 5) == (first.state, first.worked, first.total)
        job = finish(company, limit=2)

        assert job is not None
        assert ("done", 5) == (job.state, job.worked)
        entries = Decision.objects.filter(reason="handed_over").values_list("contact_id", flat=True)
        assert sorted(one.pk for one in contacts) == sorted(entries)

    def test_a_second_one_for_others_waits_for_the_first(self, company: Cast) -> None:
        """EC-54: asked again for the same heirs it is the same job; for others it is refused, and nothing goes to them."""
        contact = a_contact(admin=company.admin, owner=company.alba)
        set_default_assignees(contact.pk, [company.carla.person_id], actor=company.admin, at=AT)
        alba, bruno, carla = company.alba.person_id, company.bruno.person_id, company.carla.person_id
        job = hand_over(alba, Heirs(bruno), actor=company.admin, at=AT)

        with pytest.raises(Invalid) as refused:
            hand_over(alba, Heirs(carla), actor=company.admin, at=AT)

        assert ["already_running"] == [one.code for one in refused.value.faults]
        assert job == hand_over(alba, Heirs(bruno), actor=company.admin, at=AT)
        reactivate_person(alba, actor=company.admin, at=AT)
        again = hand_over(alba, Heirs(carla), actor=company.admin, at=AT)
        assert (again and again.heir_id, 1) == (carla, Handover.objects.filter(state="stopped").count())

    def test_nobody_need_wake_it(self, company: Cast) -> None:
        """The sweep finds a job that nobody works, whoever died."""
        a_contact(admin=company.admin, owner=company.alba)
        hand_over(company.alba.person_id, Heirs(None), actor=company.admin, at=AT)

        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE reparto_queue")
            cursor.execute(PENDING["handover"])
            found = cursor.fetchall()
            cursor.execute("RESET ROLE")
        assert (company.organization_id,) in found

    def test_an_heir_who_leaves_meanwhile(self, company: Cast) -> None:
        """Who was suspended inherits nothing more: the rest goes back to the pool."""
        kept = a_contact(admin=company.admin, owner=company.alba)
        hand_over(company.alba.person_id, Heirs(company.bruno.person_id), actor=company.admin, at=AT)
        suspend_person(company.bruno.person_id, actor=company.admin, at=AT)

        finish(company)

        kept.refresh_from_db()
        assert kept.owner_id is None

    def test_who_comes_back_meanwhile_keeps_the_rest(self, company: Cast) -> None:
        """EC-55: reactivated, a person gets nothing back, and nothing more is taken."""
        kept = a_contact(admin=company.admin, owner=company.alba)
        hand_over(company.alba.person_id, Heirs(None), actor=company.admin, at=AT)
        reactivate_person(company.alba.person_id, actor=company.admin, at=AT)

        job = finish(company)

        kept.refresh_from_db()
        assert job is not None
        assert ("stopped", company.alba.person_id) == (job.state, kept.owner_id)

    def test_twice_is_once(self, company: Cast) -> None:
        """Asking again while it runs begins no second job."""
        a_contact(admin=company.admin, owner=company.alba)
        first, again = (hand_over(company.alba.person_id, Heirs(None), actor=company.admin, at=AT) for _ in range(2))

        assert first is not None
        assert first == again

    def test_what_was_left_goes_later(self, company: Cast) -> None:
        """Of somebody suspended without a word about their work, it can still be handed over."""
        kept = a_contact(admin=company.admin, owner=company.alba)
        suspend_person(company.alba.person_id, actor=company.admin, at=AT)

        leave(company, Heirs(company.carla.person_id))

        kept.refresh_from_db()
        assert company.carla.person_id == kept.owner_id


class TestRefusals:
    def test_heirs_that_cannot_be(self, company: Cast) -> None:
        """Neither themself, nor somebody suspended, nor a stranger; nothing changes, and every fault is said."""
        suspend_person(company.carla.person_id, actor=company.admin, at=AT)
        alba, carla = company.alba.person_id, company.carla.person_id
        stranger = a_stranger().alba.person_id
        for heir, code in ((alba, "same_person"), (carla, "unknown_person"), (stranger, "unknown_person")):
            with pytest.raises(Invalid) as refused:
                hand_over(alba, Heirs(heir), actor=company.admin, at=AT)
            assert [("heir_id", code)] == [(one.path, one.code) for one in refused.value.faults]
        assert find_person(alba).suspended_at is None

    def test_only_an_administrator(self, company: Cast) -> None:
        """Neither a manager nor an agent suspends anybody; a stranger does not exist."""
        for who in (company.manager, company.bruno):
            with pytest.raises(NotAllowed):
                hand_over(company.alba.person_id, Heirs(None), actor=who, at=AT)
        with pytest.raises(UnknownPerson):
            hand_over(a_stranger().alba.person_id, Heirs(None), actor=company.admin, at=AT)


class TestAccess:
    def test_a_session_ends_for_good(self, company: Cast) -> None:
        """EC-55: a session of before does not wake with whoever is reactivated; they sign in anew."""
        client = Client()
        link = invite_person(company.alba.person_id, at=now(), actor=company.admin)
        client.post("/" + link.split("/", 3)[3], {"password": "una frase que solo yo diría"})
        assert 200 == client.get("/perfil").status_code

        hand_over(company.alba.person_id, Heirs(None), actor=company.admin, at=AT)
        assert 302 == client.get("/perfil").status_code
        reactivate_person(company.alba.person_id, actor=company.admin, at=AT)
        assert 302 == client.get("/perfil").status_code
