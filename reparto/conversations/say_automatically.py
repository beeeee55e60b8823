"""
Say something to a contact on behalf of the company, by no person: a flow's reply.

It is no answer: the conversation waits for a person as before, nobody becomes the first to respond, and nothing is
said where a person could not say it either.
"""

from datetime import datetime

from reparto.engine import fold
from reparto.kit.live import publish
from reparto.kit.outbox import Cause

from .models import Conversation, Message
from .queries import lock_conversation
from .send_reply import MAX_TEXT, CannotSend, Reply, let_leave, window_is_open


def say_automatically(conversation_id: int, reply: Reply, *, cause: str, at: datetime) -> Message:
    """
    Store a text or a template and let it leave; `cause` is its key in the outbox, so that it leaves once.

    Raises:
        CannotSend: With the code of the reason; the caller undoes what was written.

    """
    talk = lock_conversation(conversation_id)
    _refuse_impossible(talk, reply, at=at)
    message = Message.objects.create(
        organization_id=talk.organization_id,
        conversation_id=talk.pk,
        account_id=talk.account_id,
        direction="out",
        kind=reply.kind,
        text=reply.text,
        folded=fold(reply.text),
        automatic=True,
        payload=None if reply.template is None else {"template": reply.template},
        status="sending",
        sent_at=at,
        created_at=at,
    )
    talk.last_message_at, talk.preview, talk.preview_kind = at, reply.text[:200], reply.kind
    talk.save(update_fields=["last_message_at", "preview", "preview_kind"])
    let_leave(message, talk, Cause(f"whatsapp.{reply.kind}", cause), at=at)
    publish(talk.organization_id, "messages", [talk.pk])
    return message


def _refuse_impossible(talk: Conversation, reply: Reply, *, at: datetime) -> None:
    if not reply.text.strip():
        raise CannotSend("empty")
    if len(reply.text) > MAX_TEXT:
        raise CannotSend("too_long")
    if talk.status == "closed":
        raise CannotSend("closed")
    if talk.account.kind != "whatsapp":
        raise CannotSend("no_way_out")
    if reply.template is None and not window_is_open(talk, at=at):
        raise CannotSend("window_closed")
