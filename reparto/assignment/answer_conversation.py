"""
Answer a conversation; where the organization wants it so, whoever answers first becomes the contact's (AC-5).

Every road by which a person answers ends here, and takes the desk first. A private note is no answer; whom it names
is told, and added where its author may add people.
"""

from datetime import datetime

from reparto.contacts.mark_followed_up import mark_followed_up
from reparto.contacts.models import Contact
from reparto.contacts.queries import add_default_assignee, default_assignees_of, lock_contact
from reparto.conversations.keep_mentions import keep_mentions
from reparto.conversations.models import Message
from reparto.conversations.queries import answered_before, find_conversation
from reparto.conversations.send_reply import Reply, send_reply
from reparto.kit.live import publish
from reparto.kit.organization_settings import read_settings
from reparto.notifications.notify_mentioned import Place, notify_mentioned
from reparto.people.actor import Actor

from .add_mentioned import add_mentioned
from .lock_desk import lock_desk
from .write_hand_decision import ByHand, write_hand_decision


def answer_conversation(conversation_id: int, reply: Reply, *, actor: Actor, at: datetime) -> Message:
    """Send a reply or keep a note. Raises what `send_reply` raises; then nothing has changed."""
    lock_desk(actor.organization_id)
    owns = not reply.private and read_settings()["inbox"]["first_responder_owns"]
    # Contact before conversation, as everybody does who takes both.
    contact = None if reply.private else lock_contact(find_conversation(conversation_id, actor=actor).contact_id)
    message = send_reply(conversation_id, reply, actor=actor, at=at)
    if contact is None:
        _tell_mentioned(message, actor=actor, at=at)
        return message
    # Whoever answers follows up (UP-5); a note for our own people does not.
    mark_followed_up(contact, at=at)
    if owns:
        _own_first_answer(contact, message, actor=actor, at=at)
    return message


def _tell_mentioned(note: Message, *, actor: Actor, at: datetime) -> None:
    talk = find_conversation(note.conversation_id, actor=actor)
    place, named = Place(talk.pk, talk.contact_id), keep_mentions(note, talk)
    notify_mentioned(actor.organization_id, named, place, at=at, actor_id=actor.person_id)
    if named:
        add_mentioned(talk, named, actor=actor, at=at)


def _own_first_answer(contact: Contact, message: Message, *, actor: Actor, at: datetime) -> None:
    # Of two who answer at the same instant the lock lets one be first; the other finds somebody there.
    if contact.owner_id is not None or default_assignees_of([contact.pk]).get(contact.pk):
        return
    # Nobody there may also mean that a manager has taken them out, or that the setting came later.
    if answered_before(message):
        return
    add_default_assignee(contact, actor.person_id, at=at)
    _record(contact, message, actor=actor, at=at)
    publish(actor.organization_id, "contacts", [contact.pk])


def _record(contact: Contact, message: Message, *, actor: Actor, at: datetime) -> None:
    by_hand = ByHand(
        contact_id=contact.pk,
        owner_id=contact.owner_id,
        person_ids=[actor.person_id],
        actor_id=actor.person_id,
        conversation_id=message.conversation_id,
        route="first_responder",
        reason="first_responder",
    )
    write_hand_decision(actor.organization_id, by_hand, at=at)
