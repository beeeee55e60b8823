"""
Know a reply again that was sent already: its answer may have been lost on the way to the browser.

Each page names what it sends by a key of its own; the same words and file under the same key are the same reply. It
sends nothing itself.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from reparto.conversations.models import Message
from reparto.conversations.queries import messages_of
from reparto.conversations.send_reply import Reply
from reparto.kit.idempotency import Asked, first_answer, store_answer
from reparto.people.actor import Actor

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends what, where, under which key; without one nothing is known again."""

    conversation_id: int
    reply: Reply
    key: str
    actor: Actor

    @property
    def asked(self) -> Asked | None:
        """By what it is known again: who, where, key and content."""
        if not 0 < len(self.key) <= LONGEST or not self.key.isascii():
            return None
        file = self.reply.file.content if self.reply.file else b""
        kind = "note" if self.reply.private else "reply"
        body = hashlib.sha256(b"\0".join((kind.encode(), self.reply.text.encode(), file))).digest()
        return Asked(
            organization_id=self.actor.organization_id,
            token_id=self.actor.person_id,
            route=f"page inbox_messages {self.conversation_id}",
            key=f"{self.key} {body.hex()}",
            body_hash=body,
        )


def sent_before(sending: Sending) -> Message | None:
    """Return the message that was sent so already; whoever sends holds the desk, so it cannot leave meanwhile."""
    first = first_answer(sending.asked) if sending.asked else None
    if first is None or first.answer is None:
        return None
    return messages_of(sending.conversation_id).filter(pk=first.answer["message_id"]).first()


def keep_sent(sending: Sending, message: Message, *, at: datetime) -> None:
    """Remember that it was sent, in the transaction that sends it."""
    if sending.asked:
        store_answer(sending.asked, status=200, answer={"message_id": message.pk}, at=at)
