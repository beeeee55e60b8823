"""Odd and refused input in the inbox: nothing breaks, nothing is half done, and what was typed is kept."""

import pytest

from reparto.channels.models import Account
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import messages_of
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from tests.cast import Cast, a_company, an_account
from tests.web.inbox_cast import a_browser, a_conversation, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number."""
    return an_account(admin=cast.admin)


@pytest.fixture
def talk(account: Account) -> Conversation:
    """A conversation that nobody works."""
    return a_conversation(account, at=now())


class TestWords:
    @pytest.mark.parametrize("mode", ["reply", "note"])
    def test_with_a_sign_that_no_text_can_hold_are_kept_without_it(
        self, cast: Cast, talk: Conversation, mode: str
    ) -> None:
        """A NUL among the words is left out; the rest is said as it was typed, right-to-left and emoji included."""
        answer = act(a_browser(cast.admin), f"/bandeja/{talk.pk}/mensajes", text="ab\0c \u202bشكرا 👨‍👩‍👧", mode=mode)

        assert 200 == answer.status_code
        assert "abc \u202bشكرا 👨‍👩‍👧" == messages_of(talk.pk)[0].text
