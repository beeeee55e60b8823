"""Where the mails of rules arrive."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from tests.people.mail_server import MailServer, an_installation_that_mails


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """An installation that sends mail, and where it arrives."""
    with an_installation_that_mails(settings, monkeypatch) as found:
        yield found
