"""
Say something to a contact, or note it in private for our own people.

A public reply is written with its outbox row; the worker carries it. Who first answers is recorded by `assignment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reparto.channels.whatsapp.read_message import read_sender
from reparto.contacts.queries import addresses_of
from reparto.engine import fold
from reparto.kit.live import publish
from reparto.kit.outbox import Cause, put_in_outbox
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .fill_variables import missing_variables
from .keep_file import OutgoingFile, keep_file
from .models import Conversation, Message
from .queries import assignees_of, attachments_of, find_conversation, lock_conversation
from .relation import relation_to

#: WhatsApp takes free text for this long after the contact's last message. Source: Meta, customer service window.
WINDOW = timedelta(hours=24)
MAX_TEXT = 4_096
MAX_CAPTION = 1_024


class CannotSend(Exception):
    """The reply cannot leave; `code` says why: empty, too_long, unfilled, window_closed, no_way_out, closed, …"""

    def __init__(self, code: str) -> None:
        super().__init__(f"The reply cannot be sent: {code}.")
        self.code = code


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be said."""

    text: str
    private: bool = False
    template: Mapping[str, Any] | None = None  #: what WhatsApp takes of a template, `text` being what it says
    file: OutgoingFile | None = None  #: `text` is its caption, and may be empty

    @property
    def kind(self) -> str:
        """The kind of its message."""
        if self.private:
            return "note"
        if self.file is not None:
            return self.file.kind
        return "text" if self.template is None else "template"


def send_reply(conversation_id: int, reply: Reply, *, actor: Actor, at: datetime) -> Message:
    """
    Store a reply or a private note; a reply is queued to leave.

    Raises:
        UnknownConversation: None that the actor may see.
        NotAllowed: Theirs to see, not to answer.
        CannotSend: With the code of the reason.

    """
    seen = find_conversation(conversation_id, actor=actor)
    check(actor, "conversation.reply", relation_to(seen, assignees_of([seen.pk])[seen.pk], actor))
    talk = lock_conversation(conversation_id)
    _refuse_impossible(talk, seen.account.kind, reply, at=at)
    message = _store(talk, reply, actor=actor, at=at)
    if reply.file is not None:
        keep_file(message, reply.file)
    if not reply.private:
        let_leave(message, seen, Cause(f"whatsapp.{message.kind}", f"message:{message.pk}"), at=at)
    publish(actor.organization_id, "messages", [talk.pk])
    return message


def _refuse_impossible(talk: Conversation, kind: str, reply: Reply, *, at: datetime) -> None:
    if not reply.text.strip() and reply.file is None:
        raise CannotSend("empty")
    if len(reply.text) > (MAX_CAPTION if reply.file else MAX_TEXT):
        raise CannotSend("too_long")
    if reply.private and reply.file:
        raise CannotSend("note_with_file")
    if reply.private:
        return
    if talk.status == "closed":
        raise CannotSend("closed")
    if reply.template is None:
        _refuse_free_text(talk, kind, reply.text, at=at)


def _refuse_free_text(talk: Conversation, kind: str, text: str, *, at: datetime) -> None:
    if missing_variables(text):
        raise CannotSend("unfilled")
    if kind == "whatsapp" and not window_is_open(talk, at=at):
        raise CannotSend("window_closed")


def window_is_open(talk: Conversation, *, at: datetime) -> bool:
    """Say whether WhatsApp takes free text in this conversation now."""
    return talk.last_inbound_at is not None and at < talk.last_inbound_at + WINDOW


def _store(talk: Conversation, reply: Reply, *, actor: Actor, at: datetime) -> Message:
    message = Message.objects.create(
        organization_id=talk.organization_id,
        conversation_id=talk.pk,
        account_id=talk.account_id,
        direction="out",
        private=reply.private,
        kind=reply.kind,
        text=reply.text,
        folded=fold(reply.text),
        author_id=actor.person_id,
        payload=None if reply.template is None else {"template": reply.template},
        status="sent" if reply.private else "sending",
        sent_at=at,
        created_at=at,
    )
    if not reply.private:
        talk.last_message_at, talk.preview, talk.preview_kind = at, reply.text[:200], reply.kind
        talk.waiting_since = None
        # Whoever saw it put off sees another one now.
        talk.version += talk.status != "open"
        talk.status, talk.snoozed_until = "open", None
        shown = ["last_message_at", "preview", "preview_kind"]
        talk.save(update_fields=[*shown, "waiting_since", "status", "snoozed_until", "version"])
    return message


def let_leave(message: Message, talk: Conversation, cause: Cause, *, at: datetime) -> None:
    """Write the outbox row, with its cause; only WhatsApp can carry a text back so far."""
    to = _recipient(talk) if talk.account.kind == "whatsapp" else None
    if to is None:
        raise CannotSend("no_way_out")
    body = {"message_id": message.pk, "account_id": talk.account_id, "to": to, "text": message.text}
    if message.kind == "template":
        body["content"] = (message.payload or {})["template"]
    elif file := attachments_of([message.pk]).get(message.pk):
        body["attachment_id"] = file.pk
    put_in_outbox(message.organization_id, cause, body=body, at=at)


def _recipient(talk: Conversation) -> str | None:
    """Return from where the contact last wrote; before they wrote at all, their number, else their user id."""
    rows = Message.objects.filter(conversation_id=talk.pk, direction="in").order_by("-id")
    last = rows.values_list("payload", flat=True).first()
    if last and (sender := read_sender(last)):
        return sender
    found: dict[str, str] = {}
    for address in addresses_of([talk.contact_id]).get(talk.contact_id, []):
        found.setdefault(address.kind, address.value)
    return found.get("phone") or found.get("bsuid")
