"""A company whose conversations go to Alba, and the number by which they come."""

import pytest

from reparto.channels.models import Account
from tests.cast import Cast, a_company, a_rule, a_whatsapp_account


@pytest.fixture
def cast() -> Cast:
    """A company that deals new conversations to Alba."""
    cast = a_company()
    a_rule(cast.alba, admin=cast.admin)
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp account on which Alba receives."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
