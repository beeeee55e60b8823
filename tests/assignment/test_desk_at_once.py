"""Two who meet at one conversation, on two connections: nobody's act is lost, and none waits for the other for ever."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.lock_desk import lock_desk
from reparto.channels.models import Account
from reparto.contacts.queries import lock_contact
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply
from reparto.conversations.snooze_conversation import snooze_conversation
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.change_settings import change_settings
from tests.at_once import waits_for_this_transaction
from tests.cast import Cast, a_company, a_rule, a_whatsapp_account
from tests.conversations.test_apply_changes import SAID, an_edit
from tests.product import eventually
from tests.road import a_text, a_webhook, deliver, work, write
from tests.web.inbox_cast import a_browser, act

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "+5215512345678"


@pytest.fixture
def company() -> Cast:
    """A company whose desk is there already, committed; new conversations go to Alba."""
    with transaction.atomic():
        cast = a_company()
        a_rule(cast.alba, admin=cast.admin)
        lock_desk(cast.organization_id)
    return cast


@pytest.fixture
def account(company: Cast) -> Account:
    """A WhatsApp account on which Alba receives."""
    with in_organization(company.organization_id):
        return a_whatsapp_account(admin=company.admin, auto=(company.alba,))


@pytest.fixture
def talk(account: Account) -> Conversation:
    """A conversation that waits for an answer."""
    with in_organization(account.organization_id):
        write(account, a_text(PHONE, "¿Siguen ahí?", wamid=SAID, at=now()), at=now())
        return Conversation.objects.select_related("contact").get()


def a_reaction() -> dict[str, object]:
    """Return a reaction of the contact to what they had said."""
    return a_text(PHONE, at=now()) | {"type": "reaction", "reaction": {"message_id": SAID, "emoji": "👍"}}


def beside(pool: ThreadPoolExecutor, organization_id: int, call: Callable[[], object]) -> "Future[None]":
    """Run on a connection of its own, in a transaction of its own."""

    def run() -> None:
        try:
            with in_organization(organization_id):
                call()
        finally:
            connection.close()

    return pool.submit(run)


class TestTheDesk:
    def test_has_one_at_a_time(self, company: Cast) -> None:
        """Whoever takes the desk while another has it waits until that one's transaction has ended."""
        with ThreadPoolExecutor(1) as pool:
            with in_organization(company.organization_id):
                lock_desk(company.organization_id)
                other = beside(pool, company.organization_id, lambda: lock_desk(company.organization_id))
                assert eventually(waits_for_this_transaction)
                assert not other.done()
            other.result(timeout=10)


class TestWhatAPersonDoesWhileIntakeIsAtWork:
    """INV-16: nobody's change is overwritten."""

    @pytest.mark.parametrize("item", ["reaction", "edit"])
    @pytest.mark.parametrize("deed", ["reply", "snooze"])
    def test_stays_done(self, company: Cast, account: Account, talk: Conversation, deed: str, item: str) -> None:
        """A reply, or putting it off, outlives a reaction or an edit that is taken in at the same instant."""
        heard = a_reaction() if item == "reaction" else an_edit(PHONE, "¿Siguen?")
        with in_organization(company.organization_id):
            deliver(account, a_webhook(account, heard), at=now())
        later = now() + timedelta(hours=3)

        def do() -> None:
            if deed == "reply":
                answer_conversation(talk.pk, Reply("Aquí estamos"), actor=company.admin, at=now())
            else:
                # By itself it takes no desk: the row alone must keep it.
                snooze_conversation(talk.pk, until=later, actor=company.admin, at=now())

        with ThreadPoolExecutor(1) as pool:
            with in_organization(company.organization_id):
                do()
                intake = beside(pool, company.organization_id, lambda: work(company.organization_id, at=now()))
                assert eventually(waits_for_this_transaction)
            intake.result(timeout=10)

        with in_organization(company.organization_id):
            talk.refresh_from_db()
        if deed == "reply":
            assert ("open", None) == (talk.status, talk.waiting_since)
            assert item == "reaction" or talk.preview == "Aquí estamos"
        else:
            assert ("snoozed", later) == (talk.status, talk.snoozed_until)


class TestPages:
    @pytest.mark.parametrize("path", ["mensajes", "posponer", "mensajes/{message}/reenviar"])
    def test_take_the_desk(self, company: Cast, talk: Conversation, path: str) -> None:
        """Decision 4: a page that changes a conversation waits for the desk, as its endpoint does."""
        browser = a_browser(company.alba)
        url = f"/bandeja/{talk.pk}/" + path.format(message=1)
        browser.get("/bandeja")  # coming back takes the desk, too, and is not what is asked here
        form = {"text": "Aquí estamos", "until": (now() + timedelta(hours=3)).isoformat()}
        with ThreadPoolExecutor(1) as pool:
            with in_organization(company.organization_id):
                lock_desk(company.organization_id)
                page = beside(pool, company.organization_id, lambda: act(browser, url, **form))
                assert eventually(waits_for_this_transaction, seconds=5)
            page.result(timeout=10)


class TestOneOrderOfLocks:
    def test_who_answers_first_and_who_assigns_do_not_block_each_other(self, company: Cast, talk: Conversation) -> None:
        """EC-17, INV-17: desk, contact, conversation: with AC-5 on an answer waits for an assignment, never across."""
        with in_organization(company.organization_id):
            change_settings("inbox", {"first_responder_owns": True}, actor=company.admin, at=now())

        def answer() -> None:
            answer_conversation(talk.pk, Reply("Aquí estamos"), actor=company.admin, at=now())

        with ThreadPoolExecutor(1) as pool:
            with in_organization(company.organization_id):
                lock_desk(company.organization_id)
                lock_contact(talk.contact_id)
                other = beside(pool, company.organization_id, answer)
                assert eventually(waits_for_this_transaction)
                assign_by_hand(talk.contact_id, owner_id=company.bruno.person_id, actor=company.admin, at=now())
            other.result(timeout=10)

        with in_organization(company.organization_id):
            talk = Conversation.objects.select_related("contact").get()
        assert (company.bruno.person_id, None) == (talk.contact.owner_id, talk.waiting_since)
