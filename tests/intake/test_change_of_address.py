"""Who writes from a new number or with a new user id is who they were."""

from typing import Any

import pytest

from reparto.channels.models import Account
from reparto.contacts.models import Address, Contact
from reparto.conversations.models import Conversation
from reparto.intake.models import Quarantine
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company that deals new conversations to Alba."""
    cast = a_company()
    a_rule(cast.alba, admin=cast.admin)
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp account on which Alba receives."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))


def a_change(former: str, new: str) -> dict[str, Any]:
    """Return the notice that somebody changed their number, as the Cloud API gives it."""
    said = {"body": "User changed", "wa_id": new.lstrip("+"), "type": "user_changed_number"}
    return a_text(former) | {"type": "system", "system": said}


def a_change_of_id(former: str, new: str) -> dict[str, Any]:
    """Return the notice that somebody's user id changed: it comes in the name of the new one."""
    said = {"body": "User changed", "type": "user_changed_user_id", "user_id": new, "previous_user_id": former}
    item = a_text("+0") | {"from_user_id": new, "type": "system", "system": said}
    del item["from"]
    return item


class TestANewNumber:
    def test_is_the_same_contact(self, account: Account) -> None:
        """Before and after the notice it is one contact with both numbers, one conversation and one owner (EC-76)."""
        former, new = a_phone(), a_phone()
        for item in (a_text(former), a_change(former, new), a_text(new)):
            write(account, item)

        contact = Contact.objects.get()
        assert {former, new} == {address.value for address in Address.objects.filter(contact=contact)}
        assert 1 == Conversation.objects.count()

    def test_in_one_delivery_with_what_was_said_is_the_same_contact(self, account: Account) -> None:
        """The words before, the notice and the words after may come together: still one contact, nothing set aside."""
        former, new = a_phone(), a_phone()
        write(account, a_text(former), a_change(former, new), a_text(new))

        assert 1 == Contact.objects.count()
        assert not Quarantine.objects.exists()

    def test_of_somebody_known_in_one_delivery(self, account: Account) -> None:
        """A known contact who announces a number and writes from it in one delivery stays one."""
        former, new = a_phone(), a_phone()
        write(account, a_text(former))
        write(account, a_change(former, new), a_text(new))

        assert 1 == Contact.objects.count()

    def test_that_another_contact_has_stays_theirs(self, account: Account) -> None:
        """A number that belongs to another contact is not taken from them."""
        former, taken = a_phone(), a_phone()
        write(account, a_text(former))
        write(account, a_text(taken))
        write(account, a_change(former, taken))

        assert 2 == Contact.objects.count()
        assert 2 == Address.objects.count()


class TestANewUserId:
    def test_is_the_same_contact(self, account: Account) -> None:
        """Somebody without a phone whose user id changes is one contact with both ids (EC-76)."""
        former, new = "MX.13491208655302741918", "MX.99991208655302741918"
        write(account, a_text("+0") | {"from": former})
        write(account, a_change_of_id(former, new))
        write(account, a_text("+0") | {"from": new})

        assert {former, new} == set(
            Address.objects.filter(contact=Contact.objects.get()).values_list("value", flat=True)
        )
