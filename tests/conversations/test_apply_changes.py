"""What somebody takes back or says otherwise, on WhatsApp."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from reparto.channels.models import Account
from reparto.conversations.list_inbox import Inbox, Row, list_inbox
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import messages_of
from reparto.conversations.search_conversations import search_conversations
from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.queries import load_actor
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db

SAID = "wamid.said"


@pytest.fixture
def account() -> Account:
    """A WhatsApp account whose new conversations go to Alba."""
    cast: Cast = a_company()
    a_rule(cast.alba, admin=cast.admin)
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))


def an_edit(sender: str, text: str, *, of: str = SAID, minute: int = 1) -> dict[str, Any]:
    """Return an edit as the Cloud API gives it."""
    new = {"original_message_id": of, "message": {"type": "text", "text": {"body": text}}}
    return a_text(sender, at=_minute(minute)) | {"type": "edit", "edit": new}


def a_removal(sender: str, *, of: str = SAID, minute: int = 2) -> dict[str, Any]:
    """Return a revocation as the Cloud API gives it."""
    return a_text(sender, at=_minute(minute)) | {"type": "revoke", "revoke": {"original_message_id": of}}


def _minute(minute: int) -> datetime:
    return AT - timedelta(hours=1) + timedelta(minutes=minute)


def shown() -> list[str]:
    """Return what the one conversation shows, newest first."""
    return [message.text for message in messages_of(Conversation.objects.get().pk)]


class TestAnEdit:
    def test_shows_on_the_message_and_keeps_the_first_wording(self, account: Account) -> None:
        """The message shows the new words, since when, and keeps the old ones; the edit is no message of its own."""
        phone = a_phone()
        write(account, a_text(phone, "Quiero 5", wamid=SAID, at=_minute(0)))
        write(account, an_edit(phone, "Quiero 50"))

        message = Message.objects.get(external_id=SAID)
        assert ["Quiero 50"] == shown()
        assert ("Quiero 5", _minute(1)) == (message.first_text, message.edited_at)

    def test_the_latest_of_several_stands(self, account: Account) -> None:
        """Of several edits the last one said stands, and the first wording stays the first."""
        phone = a_phone()
        write(account, a_text(phone, "uno", wamid=SAID, at=_minute(0)))
        write(account, an_edit(phone, "tres", minute=3))
        write(account, an_edit(phone, "dos", minute=2))

        assert ["tres"] == shown()
        assert "uno" == Message.objects.get(external_id=SAID).first_text

    def test_the_list_shows_it_when_it_is_the_last(self, account: Account) -> None:
        """The inbox shows the new words if nothing was said since, and does not go back to them if something was."""
        phone = a_phone()
        write(account, a_text(phone, "uno", wamid=SAID, at=_minute(0)))
        write(account, an_edit(phone, "dos", minute=1))
        first = Conversation.objects.get().preview
        write(account, a_text(phone, "aparte", at=_minute(2)))
        write(account, an_edit(phone, "tres", minute=3))

        assert ("dos", "aparte") == (first, Conversation.objects.get().preview)

    def test_by_somebody_else_changes_nothing(self, account: Account) -> None:
        """Nobody edits or removes what another contact said."""
        write(account, a_text(a_phone(), "mío", wamid=SAID, at=_minute(0)))
        stranger = a_phone()
        write(account, an_edit(stranger, "tuyo"), a_removal(stranger))

        message = Message.objects.get(external_id=SAID)
        assert ("mío", None, None) == (message.text, message.edited_at, message.removed_at)

    def test_of_something_unknown_stands_by_itself(self, account: Account) -> None:
        """An edit of what was said before the account was connected is shown as it came."""
        write(account, an_edit(a_phone(), "dos"))

        assert ["dos"] == shown()


class TestARemoval:
    def test_takes_the_words_away_and_keeps_them_for_the_record(self, account: Account) -> None:
        """A removed message shows no words, says since when, and its words are kept."""
        phone = a_phone()
        write(account, a_text(phone, "secreto", wamid=SAID, at=_minute(0)))
        write(account, a_removal(phone))

        message, talk = Message.objects.get(external_id=SAID), Conversation.objects.get()
        assert ("", "secreto", _minute(2)) == (message.text, message.first_text, message.removed_at)
        assert ("", "revoke") == (talk.preview, talk.preview_kind)

    def test_reopens_nothing(self, account: Account) -> None:
        """Somebody who takes a message back after the conversation was closed opens none."""
        phone = a_phone()
        write(account, a_text(phone, "uno", wamid=SAID, at=_minute(0)))
        Conversation.objects.update(status="closed", closed_at=AT)
        write(account, a_removal(phone))

        assert "closed" == Conversation.objects.get().status


def colleague() -> Actor:
    """Return the company's administrator."""
    return load_actor(Person.objects.select_related("group").order_by("id")[0])


def in_the_inbox(actor: Actor) -> list[Row]:
    """Return the rows of all that somebody works, and of what nobody does."""
    return [row for view in ("team", "unassigned") for row in list_inbox(Inbox(view), actor=actor, limit=5)]


class TestTheInbox:
    def test_takes_an_edit_for_no_word_of_the_contact(self, account: Account) -> None:
        """After an answer of ours an edit leaves it the last word, and adds nothing unread."""
        phone = a_phone()
        write(account, a_text(phone, "Quiero 5", wamid=SAID, at=_minute(0)))
        talk, message = Conversation.objects.get(), Message.objects.get()
        message.pk, message.direction, message.external_id = None, "out", "wamid.ours"
        message.save()
        Message.objects.filter(pk=message.pk).update(author_id=colleague().person_id)
        (before,) = in_the_inbox(colleague())
        write(account, an_edit(phone, "Quiero 50"))

        assert (talk.pk, "out", "Ada") == (before.id, before.last.direction, before.last.author.name)
        assert [before.last] == [row.last for row in in_the_inbox(colleague())]

    def test_finds_no_wording_that_was_taken_back(self, account: Account) -> None:
        """What an edit said is found while it stands, and not once another edit or a removal has replaced it."""
        phone = a_phone()
        write(account, a_text(phone, "uno", wamid=SAID, at=_minute(0)))
        write(account, an_edit(phone, "palabrasecreta", minute=1))
        found = search_conversations(Conversation.objects.all(), "palabrasecreta").count()
        write(account, a_removal(phone, minute=2))

        assert (1, 0) == (found, search_conversations(Conversation.objects.all(), "palabrasecreta").count())


class TestAnyOrder:
    @pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
    def test_ends_the_same(self, account: Account, order: tuple[int, ...]) -> None:
        """In whatever order a message, two edits and its removal come, it ends the same (INV-4)."""
        phone = a_phone()
        items = [
            a_text(phone, "uno", wamid=SAID, at=_minute(0)),
            an_edit(phone, "dos", minute=1),
            an_edit(phone, "tres", minute=2),
            a_removal(phone, minute=3),
        ]
        for place in order:
            write(account, items[place])

        message = Message.objects.get(external_id=SAID)
        assert ("", "uno") == (message.text, message.first_text)
        assert (_minute(2), _minute(3)) == (message.edited_at, message.removed_at)
        assert 1 == Message.objects.filter(applied_at=None).count()
