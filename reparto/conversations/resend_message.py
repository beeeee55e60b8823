"""
Send a message once more that certainly did not leave.

One whose outcome is unknown may have arrived: it is never sent again.
"""

from datetime import datetime

from reparto.contacts.mark_followed_up import mark_followed_up
from reparto.contacts.queries import lock_contact
from reparto.kit.live import publish
from reparto.kit.outbox import Cause
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Conversation, Message
from .queries import assignees_of, find_conversation, lock_conversation
from .relation import relation_to
from .send_reply import CannotSend, let_leave, window_is_open


def resend_message(conversation_id: int, message_id: int, *, actor: Actor, at: datetime) -> Message:
    """
    Put a failed message into the outbox once more, under a key of its own.

    Raises:
        UnknownConversation: None that the actor may see.
        NotAllowed: Theirs to see, not to answer.
        CannotSend: With the code of the reason; `not_failed` when it is on its way, has arrived or may have.

    """
    seen = find_conversation(conversation_id, actor=actor)
    check(actor, "conversation.reply", relation_to(seen, assignees_of([seen.pk])[seen.pk], actor))
    contact = lock_contact(seen.contact_id)
    talk = lock_conversation(conversation_id)
    # The lock lets one of two clicks find it failed.
    message = Message.objects.filter(pk=message_id, conversation_id=talk.pk, direction="out", private=False).first()
    if message is None or message.status != "failed":
        raise CannotSend("not_failed")
    _refuse_impossible(talk, message, at=at)
    # Its former id at the channel names a message that failed; what is said of that concerns this one no more.
    message.status, message.error, message.external_id = "sending", "", None
    message.save(update_fields=["status", "error", "external_id"])
    let_leave(message, seen, Cause(f"whatsapp.{message.kind}", f"message:{message.pk}:{at.isoformat()}"), at=at)
    mark_followed_up(contact, at=at)
    publish(actor.organization_id, "messages", [talk.pk])
    return message


def _refuse_impossible(talk: Conversation, message: Message, *, at: datetime) -> None:
    if talk.status == "closed":
        raise CannotSend("closed")
    if message.kind != "template" and not window_is_open(talk, at=at):
        raise CannotSend("window_closed")
