"""Who is away and who is back, as the desk sees it."""

from datetime import timedelta

import pytest
from django.db import connection

from reparto.assignment.bring_back import bring_back
from reparto.assignment.models import Waiting
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.conversations.models import Assignee, Conversation
from reparto.conversations.queries import loads_of
from reparto.conversations.snooze_conversation import snooze_conversation
from reparto.conversations.wake_snoozed import wake_snoozed
from reparto.kit.run_worker import PENDING
from reparto.people.choose_replies import choose_replies
from reparto.people.edit_person import edit_person
from reparto.people.models import Person
from reparto.people.permissions import NotAllowed
from reparto.people.queries import find_person
from reparto.people.set_availability import set_availability
from tests import cast
from tests.cast import AT, Cast, a_phone
from tests.road import a_text, work, write

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def company() -> Cast:
    """A company that deals new conversations to Alba and Bruno in turn."""
    company = cast.a_company()
    cast.a_rule(company.alba, company.bruno, admin=company.admin)
    return company


@pytest.fixture
def account(company: Cast) -> Account:
    """A number on which both receive."""
    return cast.a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))


def away(company: Cast, **more: object) -> None:
    """Let Alba say that she is away."""
    set_availability(company.alba.person_id, status="away", actor=company.alba, at=AT, **more)  # type: ignore[arg-type]


def workers() -> set[int | None]:
    """Return who works the one conversation."""
    return set(Assignee.objects.values_list("person_id", flat=True))


class TestReplies:
    """What a contact answers to somebody who is away."""

    def test_go_to_others(self, company: Cast, account: Account) -> None:
        """UX-24: with *Reasignar respuestas* on, which is the preset, somebody else gets the reply; the owner stays."""
        phone = a_phone()
        write(account, a_text(phone))
        away(company)
        write(account, a_text(phone, "¿Sigue ahí?"), at=AT + MINUTE)

        assert company.bruno.person_id in workers()
        assert company.alba.person_id == Contact.objects.get().owner_id

    @pytest.mark.parametrize("status", ["away", "offline"])
    def test_stay_where_that_was_chosen(self, company: Cast, account: Account, status: str) -> None:
        """UX-24: with it off the conversation stays; what is new goes to others all the same."""
        phone = a_phone()
        write(account, a_text(phone))
        choose_replies(company.alba.person_id, reassign=False, actor=company.alba, at=AT)
        set_availability(company.alba.person_id, status=status, actor=company.alba, at=AT)
        write(account, a_text(phone, "¿Sigue ahí?"), at=AT + MINUTE)
        stayed = workers()
        write(account, a_text(a_phone()), at=AT + MINUTE)

        assert {company.alba.person_id} == stayed
        assert company.bruno.person_id in workers()

    def test_do_not_stay_with_who_is_merely_gone(self, company: Cast, account: Account) -> None:
        """AD-6: who shows no sign of life has declared nothing; past the grace of the channel somebody covers."""
        phone = a_phone()
        write(account, a_text(phone))
        choose_replies(company.alba.person_id, reassign=False, actor=company.alba, at=AT)
        later = AT + timedelta(minutes=11)
        set_availability(company.bruno.person_id, status="available", actor=company.bruno, at=later)
        write(account, a_text(phone, "¿Sigue ahí?"), at=later)

        assert company.bruno.person_id in workers()

    def test_are_chosen_by_oneself_or_whoever_leads(self, company: Cast) -> None:
        """UX-24: a manager within their subtree; nobody else."""
        choose_replies(company.alba.person_id, reassign=False, actor=company.manager, at=AT)

        assert find_person(company.alba.person_id).reassign_replies is False
        for who in (company.bruno, company.carla):
            with pytest.raises(NotAllowed):
                choose_replies(company.alba.person_id, reassign=True, actor=who, at=AT)


class TestAnAbsence:
    """It ends by itself."""

    def test_ends_when_it_was_said_to(self, company: Cast) -> None:
        """BY-21: at the instant the person is available, without reason and end; before it nothing changes."""
        away(company, until=AT + MINUTE, reason="comida")

        assert [] == bring_back(company.organization_id, at=AT)
        assert [company.alba.person_id] == bring_back(company.organization_id, at=AT + MINUTE)
        person = find_person(company.alba.person_id)
        assert ("available", "", None) == (
            person.availability,
            person.availability_reason,
            person.availability_until,
        )

    def test_wakes_what_waits(self, company: Cast) -> None:
        """EC-30: what waited for somebody like them is decided without anybody asking."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        away(company, until=AT + 5 * MINUTE)
        write(account, a_text(a_phone()))
        Waiting.objects.update(due_at=AT + 60 * MINUTE)
        bring_back(company.organization_id, at=AT + 5 * MINUTE)
        work(company.organization_id, at=AT + 5 * MINUTE)

        assert {company.alba.person_id} == workers()

    def test_of_a_suspended_person_does_not_end(self, company: Cast) -> None:
        """EC-23: who has left does not come back by a clock."""
        away(company, until=AT + MINUTE)
        Person.objects.filter(pk=company.alba.person_id).update(suspended_at=AT)

        assert [] == bring_back(company.organization_id, at=AT + 5 * MINUTE)

    def test_is_found_by_the_sweep(self, company: Cast) -> None:
        """INV-50: the worker finds the companies in which somebody is due, as the role that sees nothing else."""
        away(company, until=AT + MINUTE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('reparto.organization', '', true)")
            cursor.execute("SET LOCAL ROLE reparto_queue")
            cursor.execute(PENDING["back"])
            found = cursor.fetchall()

        assert [(company.organization_id,)] == found


class TestWhatIsPutOff:
    """A snoozed conversation."""

    def test_is_no_load_until_it_comes_back(self, company: Cast, account: Account) -> None:
        """UX-24: put off it leaves room for the next; at its instant it is open again, with whoever had it."""
        edit_person(company.alba.person_id, {"capacity": 1}, actor=company.admin, at=AT)
        edit_person(company.bruno.person_id, {"capacity": 0}, actor=company.admin, at=AT)
        write(account, a_text(a_phone()))
        first = Conversation.objects.get()
        snooze_conversation(first.pk, until=AT + 5 * MINUTE, actor=company.alba, at=AT)
        asleep = loads_of([company.alba.person_id])
        write(account, a_text(a_phone()), at=AT + MINUTE)
        early = wake_snoozed(company.organization_id, at=AT + 4 * MINUTE)

        assert ([], [first.pk]) == (early, wake_snoozed(company.organization_id, at=AT + 5 * MINUTE))
        assert ({company.alba.person_id: 0}, {company.alba.person_id: 2}) == (
            asleep,
            loads_of([company.alba.person_id]),
        )
        assert {company.alba.person_id} == workers()
        assert {"open"} == set(Conversation.objects.values_list("status", flat=True))

    def test_comes_back_when_the_contact_writes(self, company: Cast, account: Account) -> None:
        """EC-32: it counts again at once, and the desk gives its person nothing beyond their capacity."""
        edit_person(company.alba.person_id, {"capacity": 1}, actor=company.admin, at=AT)
        phone = a_phone()
        write(account, a_text(phone))
        snooze_conversation(Conversation.objects.get().pk, until=AT + 60 * MINUTE, actor=company.alba, at=AT)
        write(account, a_text(phone, "¿Y?"), at=AT + MINUTE)
        write(account, a_text(a_phone()), at=AT + MINUTE)
        write(account, a_text(a_phone()), at=AT + MINUTE)

        assert {company.alba.person_id: 1, company.bruno.person_id: 2} == loads_of(
            [company.alba.person_id, company.bruno.person_id]
        )
