"""Odd and refused input in the inbox: nothing breaks, nothing is half done, and what was typed is kept."""

import pytest

from reparto.channels.models import Account
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import messages_of
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from tests.calls import a_call, ring
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

    def test_of_a_plain_form_that_is_refused_are_in_the_box_again(self, cast: Cast, talk: Conversation) -> None:
        """BY-31: without script, too, what could not leave is still there to be sent, as reply or as note."""
        browser = a_browser(cast.admin)
        browser.post(f"/bandeja/{talk.pk}/mensajes", {"text": "Le llega {{contact.name}} ", "mode": "reply"})

        shown = browser.get(f"/bandeja/{talk.pk}").content.decode()
        assert "Le llega {{contact.name}} </textarea>" in shown
        assert 'name="mode" value="reply"' in shown

    def test_of_several_lines_leave_as_they_were_typed(self, cast: Cast, talk: Conversation) -> None:
        """A line break, which a form sends as two signs, is one: in what is said and among the 4,096 of the box."""
        browser, url = a_browser(cast.admin), f"/bandeja/{talk.pk}/mensajes"
        said = act(browser, url, text="uno\r\ndos", mode="reply")
        full = act(browser, url, text="a\r\n" * 2_047 + "ab", mode="reply")

        assert (200, 200) == (said.status_code, full.status_code)
        assert ["a\n" * 2_047 + "ab", "uno\ndos"] == [one.text for one in messages_of(talk.pk)[:2]]

    def test_too_long_for_one_message_are_kept_whole(self, cast: Cast, talk: Conversation) -> None:
        """BY-31: what is refused as too long without script comes back to its last word."""
        browser, words = a_browser(cast.admin), "palabra " * 700
        browser.post(f"/bandeja/{talk.pk}/mensajes", {"text": words, "mode": "reply"})

        assert f"{words}</textarea>" in browser.get(f"/bandeja/{talk.pk}").content.decode()

    def test_that_can_go_no_way_leave_nothing_half_sent(self, cast: Cast) -> None:
        """LG-11: a form sent by hand to a telephone is refused, with neither a message nor anything on its way."""
        ring(an_account("phone", admin=cast.admin), a_call("+525512345678"), at=now())
        talk = Conversation.objects.get()
        a_browser(cast.admin).post(f"/bandeja/{talk.pk}/mensajes", {"text": "Hola"})

        assert [] == list(Message.objects.filter(direction="out"))
        assert [] == list(Outbox.objects.all())

    def test_from_right_to_left_turn_nothing_around_them_round(self, cast: Cast, account: Account) -> None:
        """What people wrote takes its direction from itself: the bubble, the box, the preview, the name."""
        talk = a_conversation(account, "أريد عرض سعر", at=now())
        shown = a_browser(cast.admin).get(f"/bandeja/{talk.pk}?view=unassigned").content.decode()

        assert '<div class="words" dir="auto">أريد عرض سعر</div>' in shown
        assert "<bdi>أريد عرض سعر</bdi>" in shown
        assert f"<bdi>{talk.contact.name}</bdi></a></h2>" in shown
        assert '<textarea name="text" dir="auto"' in shown
