"""What is said to a contact: what may leave, and where it goes."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.models import Account
from reparto.conversations.close_conversation import close_conversation
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import UnknownConversation
from reparto.conversations.send_reply import MAX_TEXT, WINDOW, CannotSend, Reply
from reparto.kit.models import Outbox
from reparto.people.permissions import NotAllowed
from tests.cast import AT, Cast, a_phone, a_whatsapp_account, an_account
from tests.road import a_text, submit_form, write

pytestmark = pytest.mark.django_db


def a_change(former: str, new: str) -> dict[str, Any]:
    """Return the notice that somebody changed their number, as the Cloud API gives it."""
    said = {"body": "User changed", "wa_id": new.lstrip("+"), "type": "user_changed_number"}
    return a_text(former) | {"type": "system", "system": said}


def recipient() -> str:
    """Return to whom the one reply goes."""
    return str(Outbox.objects.get(kind="whatsapp.text").body["to"])


class TestAReply:
    def test_leaves_with_its_message_in_one_transaction(self, cast: Cast, account: Account) -> None:
        """The message is shown as being sent, nobody waits any more, and one outbox row carries it (INV-50)."""
        phone = a_phone()
        write(account, a_text(phone))
        talk = Conversation.objects.get()

        message = answer_conversation(talk.pk, Reply("¡Hola!"), actor=cast.alba, at=AT)

        row = Outbox.objects.get(kind="whatsapp.text")
        assert ("sending", cast.alba.person_id) == (message.status, message.author_id)
        assert (message.pk, phone, "¡Hola!") == (row.body["message_id"], row.body["to"], row.body["text"])
        assert Conversation.objects.get().waiting_since is None

    def test_goes_to_the_number_that_whatsapp_says_is_new(self, cast: Cast, account: Account) -> None:
        """Once a contact has changed number, an answer goes to the new one."""
        former, new = a_phone(), a_phone()
        write(account, a_text(former))
        write(account, a_change(former, new))
        answer_conversation(Conversation.objects.get().pk, Reply("¡Hola!"), actor=cast.alba, at=AT)

        assert new == recipient()

    def test_goes_to_a_user_id_where_there_is_no_number(self, cast: Cast, account: Account) -> None:
        """Somebody with a username and no phone is answered by their user id (EC-76)."""
        write(account, a_text("MX.13491208655302741918"))
        answer_conversation(Conversation.objects.get().pk, Reply("¡Hola!"), actor=cast.alba, at=AT)

        assert "MX.13491208655302741918" == recipient()

    @pytest.mark.parametrize(
        ("text", "minutes", "code"),
        [
            ("  ", 0, "empty"),
            ("x" * (MAX_TEXT + 1), 0, "too_long"),
            ("Hola", 24 * 60, "window_closed"),
        ],
    )
    def test_that_cannot_leave_is_refused(
        self, cast: Cast, account: Account, text: str, minutes: int, code: str
    ) -> None:
        """Nothing to say, too much of it, or a day after the contact's last words: refused, nothing stored."""
        write(account, a_text(a_phone()))
        talk = Conversation.objects.get()

        with pytest.raises(CannotSend) as refused:
            answer_conversation(talk.pk, Reply(text), actor=cast.alba, at=AT + timedelta(minutes=minutes))

        assert code == refused.value.code
        assert not Message.objects.filter(direction="out").exists()
        assert timedelta(hours=24) == WINDOW

    def test_into_a_closed_conversation_is_refused(self, cast: Cast, account: Account) -> None:
        """What is closed is reopened first."""
        write(account, a_text(a_phone()))
        talk = close_conversation(Conversation.objects.get().pk, actor=cast.alba, at=AT)

        with pytest.raises(CannotSend, match="closed"):
            answer_conversation(talk.pk, Reply("Hola"), actor=cast.alba, at=AT)

    def test_to_a_web_lead_says_that_there_is_no_way(self, cast: Cast) -> None:
        """A form gives no channel back: the reply is refused, a note is not."""
        submit_form(an_account("webform", admin=cast.admin, auto=(cast.alba,)), name="Ana", phone=a_phone())
        talk = Conversation.objects.get()

        with pytest.raises(CannotSend, match="no_way_out"):
            answer_conversation(talk.pk, Reply("Hola"), actor=cast.alba, at=AT)
        assert answer_conversation(talk.pk, Reply("Llamar", private=True), actor=cast.alba, at=AT).private


class TestWhoMayAnswer:
    def test_whoever_works_it_and_their_group(self, cast: Cast, account: Account) -> None:
        """Alba and Bruno of her group may; Carla of another group does not even see it (AC-1)."""
        write(account, a_text(a_phone()))
        talk = Conversation.objects.get()

        assert answer_conversation(talk.pk, Reply("Soy Bruno"), actor=cast.bruno, at=AT).pk
        with pytest.raises(UnknownConversation):
            answer_conversation(talk.pk, Reply("Soy Carla"), actor=cast.carla, at=AT)

    def test_nobody_ahead_of_the_queue(self, cast: Cast) -> None:
        """A free conversation is seen and not answered before somebody takes it (EC-93)."""
        write(a_whatsapp_account(admin=cast.admin), a_text(a_phone()))

        with pytest.raises(NotAllowed):
            answer_conversation(Conversation.objects.get().pk, Reply("Hola"), actor=cast.bruno, at=AT)


class TestANote:
    def test_stays_with_us(self, cast: Cast, account: Account) -> None:
        """A private note leaves by no channel, answers nobody and is not what the list shows."""
        write(account, a_text(a_phone(), "¿Precio?"))
        talk = Conversation.objects.get()
        answer_conversation(talk.pk, Reply("Cliente difícil", private=True), actor=cast.alba, at=AT)

        talk.refresh_from_db()
        assert ("¿Precio?", True) == (talk.preview, talk.waiting_since is not None)
        assert not Outbox.objects.filter(kind="whatsapp.text").exists()
