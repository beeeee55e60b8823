"""One rotation, whoever moves it: workers on connections of their own, a person by hand meanwhile, a page."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import transaction

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.models import Decision
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life
from tests.assignment.test_desk_at_once import beside
from tests.at_once import waits_for_this_transaction
from tests.cast import Cast, a_company, a_contact, a_phone, a_rule, a_whatsapp_account
from tests.product import eventually
from tests.road import a_text, a_webhook, deliver, work
from tests.web.inbox_cast import a_browser, act

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company() -> Cast:
    """A company whose desk is there already, committed; new contacts go to Alba and Bruno in turn."""
    with transaction.atomic():
        cast = a_company()
        a_rule(cast.alba, cast.bruno, admin=cast.admin)
        for person in (cast.alba, cast.bruno, cast.carla):
            show_sign_of_life(person.person_id, at=now())
        lock_desk(cast.organization_id)
    return cast


@pytest.fixture
def account(company: Cast) -> Account:
    """A WhatsApp account on which they receive, and Carla, whom no rule names."""
    with in_organization(company.organization_id):
        return a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno, company.carla))


class TestTwoWorkers:
    def test_at_one_instant_assign_each_contact_once_in_turn(self, company: Cast, account: Account) -> None:
        """EC-10, EC-13, EC-78: both go on where the rotation is; two first messages 200 ms apart are one contact's."""
        twice, later = a_phone(), timedelta(milliseconds=200)
        for sender, after in ((twice, 0 * later), (twice, later), (a_phone(), 2 * later)):
            write_down(account, sender, after=after)
        work_at_once(company, workers=2)
        write_down(account, a_phone(), after=3 * later)
        work_at_once(company, workers=1)

        alba, bruno = company.alba.person_id, company.bruno.person_id
        with in_organization(company.organization_id):
            assert [alba, bruno, alba] == list(Contact.objects.order_by("id").values_list("owner_id", flat=True))
            assert [1, 2, 3] == list(Decision.objects.order_by("id").values_list("rule_sequence", flat=True))
            assert 3 == Conversation.objects.count()


class TestAPerson:
    def test_by_hand_while_a_rule_chooses_stands(self, company: Cast, account: Account) -> None:
        """EC-11: a worker is at it when somebody gives the contact to Carla: it is hers, and Alba keeps her turn."""
        phone = a_phone()
        with in_organization(company.organization_id):
            contact = a_contact(admin=company.admin, phone=phone)
        write_down(account, phone)
        with ThreadPoolExecutor(1) as pool:
            with in_organization(company.organization_id):
                lock_desk(company.organization_id)
                worker = beside(pool, company.organization_id, lambda: work(company.organization_id, at=now()))
                assert eventually(waits_for_this_transaction)
                assign_by_hand(contact.pk, owner_id=company.carla.person_id, actor=company.admin, at=now())
            worker.result(timeout=10)
        write_down(account, a_phone())
        work_at_once(company, workers=1)

        with in_organization(company.organization_id):
            owners = list(Contact.objects.order_by("id").values_list("owner_id", flat=True))
        assert [company.carla.person_id, company.alba.person_id] == owners


class TestAPage:
    def test_and_a_worker_move_one_cursor(self, company: Cast, account: Account) -> None:
        """EC-14: what a worker gave to Alba and what waits until a page brings both back follow one another in turn."""
        write_down(account, a_phone())
        work_at_once(company, workers=1)
        with in_organization(company.organization_id):
            for person in (company.alba, company.bruno):
                set_availability(person.person_id, status="away", actor=person, at=now())
        write_down(account, a_phone())
        work_at_once(company, workers=1)
        for person in (company.alba, company.bruno):
            act(a_browser(person), "/availability", availability="available")
        work_at_once(company, workers=1)

        with in_organization(company.organization_id):
            owners = list(Contact.objects.order_by("id").values_list("owner_id", flat=True))
        assert [company.alba.person_id, company.bruno.person_id] == owners


def write_down(account: Account, sender: str, *, after: timedelta = timedelta()) -> None:
    """Let somebody write; it is stored, and nobody has looked at it yet."""
    with in_organization(account.organization_id):
        deliver(account, a_webhook(account, a_text(sender, at=now() + after)), at=now())


def work_at_once(company: Cast, *, workers: int) -> None:
    """Let workers take their turn, each on a connection of its own, begun while the desk is held."""
    with ThreadPoolExecutor(workers) as pool:
        with in_organization(company.organization_id):
            lock_desk(company.organization_id)
            begun = [
                beside(pool, company.organization_id, lambda: work(company.organization_id, at=now()))
                for _ in range(workers)
            ]
            assert eventually(waits_for_this_transaction)
        for one in begun:
            one.result(timeout=10)
