"""Whom rows of capacity are about, and where the mails of rules arrive."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from reparto.channels.models import Account
from reparto.people.change_settings import change_settings
from tests.cast import AT, Cast, a_company, a_rule, a_whatsapp_account
from tests.people.mail_server import MailServer, an_installation_that_mails


@pytest.fixture
def cast(db: None) -> Cast:
    """A company that deals to Alba alone, asks for no sign of life, and waits when she cannot."""
    cast = a_company()
    change_settings("presence", {"sign_of_life": False}, actor=cast.admin, at=AT)
    a_rule(cast.alba, admin=cast.admin, if_nobody="wait")
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number on which Alba receives."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """An installation that sends mail, and where it arrives."""
    with an_installation_that_mails(settings, monkeypatch) as found:
        yield found
