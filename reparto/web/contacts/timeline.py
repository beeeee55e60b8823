"""
What happened with a contact, newest first: decisions, messages, follow-ups, in one list.

Only what the viewer may see: messages of conversations that are not theirs to see are left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from reparto.assignment.describe_decision import title_of
from reparto.assignment.models import Decision
from reparto.assignment.queries import decisions_of_contact
from reparto.assignment.read_names import read_names
from reparto.contacts.models import Contact, FollowUp
from reparto.contacts.queries import follow_ups_of
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import latest_messages

#: Of each kind, and in all: older ones are in the conversations themselves.
OF_EACH = 60
SHOWN = 80
TEXT_SHOWN = 280


def timeline_of(contact: Contact, talks: Sequence[Conversation]) -> list[dict[str, Any]]:
    """Return the entries of `components/timeline.html`, in five queries."""
    decisions = list(decisions_of_contact(contact.pk)[:OF_EACH])
    said = latest_messages([talk.pk for talk in talks])[:OF_EACH] if talks else []
    entries = [
        *_decided(decisions),
        *(_message(message, contact) for message in said),
        *(_follow_up(one) for one in follow_ups_of(contact.pk)[:OF_EACH]),
    ]
    newest = sorted(entries, key=lambda entry: entry["at"], reverse=True)
    # A channel's clock says when a message was sent, which is before we knew of whoever sent it.
    return [*newest[: SHOWN - 1], _beginning(contact)]


def _decided(decisions: Sequence[Decision]) -> Iterable[dict[str, Any]]:
    names = read_names(decisions)
    for decision in decisions:
        actor = names.people.get(decision.actor_id or 0)
        yield {
            "person": actor,
            "icon": "reparto" if decision.outcome == "assigned" else "user-x",
            "kind": "" if decision.outcome == "assigned" else "orphan",
            "text": title_of(decision, names),
            "by": actor.name if actor else gettext("by the rules"),
            "at": decision.at,
            "why_url": reverse("decision", args=[decision.pk]),
        }


def _message(message: Message, contact: Contact) -> dict[str, Any]:
    who = (
        contact.name if message.direction == "in" else (message.author.name if message.author else gettext("automatic"))
    )
    wordless = gettext("(deleted message)") if message.removed_at else gettext("(without text)")
    text = message.text[:TEXT_SHOWN] or wordless
    said = gettext("{who} noted: {text}") if message.private else gettext("{who}: {text}")
    return {
        "person": message.author,
        "icon": "sticky-note" if message.private else "message-circle",
        "text": format_html(said, who=format_html("<b>{}</b>", who), text=text),
        "by": message.account.name,
        "at": message.sent_at,
    }


def _follow_up(one: FollowUp) -> dict[str, Any]:
    kinds = {
        "call": gettext("Call"),
        "message": gettext("Message"),
        "visit": gettext("Visit"),
        "note": gettext("Note"),
    }
    text = format_html("<b>{}</b> {}", kinds.get(one.kind, one.kind), one.note)
    return {"person": one.person, "icon": "phone", "text": text, "by": one.person.name, "at": one.at}


def _beginning(contact: Contact) -> dict[str, Any]:
    said = gettext("Arrived by itself") if contact.arrived_by_itself else gettext("Written by hand")
    return {"icon": "user-plus", "text": said, "by": contact.source, "at": contact.created_at}
