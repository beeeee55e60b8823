"""The company of the inbox: a number on which Alba receives, and a conversation of hers."""

import pytest

from reparto.channels.models import Account
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.people.show_sign_of_life import show_sign_of_life
from tests.cast import Cast, a_company, a_rule, a_whatsapp_account
from tests.web.inbox_cast import a_conversation


@pytest.fixture
def cast() -> Cast:
    """Alba and Bruno in the north, Carla in the south."""
    return a_company()


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number on which Alba, who is there now, receives automatically."""
    show_sign_of_life(cast.alba.person_id, at=now())
    made = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
    a_rule(cast.alba, admin=cast.admin, description="WhatsApp Norte")
    return made


@pytest.fixture
def talk(account: Account) -> Conversation:
    """A conversation that a rule gave to Alba just now."""
    return a_conversation(account, "¿Tienen la diésel?", at=now())
