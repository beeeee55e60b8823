"""
What happened with a contact, newest first, in one list: decisions, messages, calls, follow-ups, sales, edits, merges.

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
from reparto.contacts.find_merge import ids_of_one
from reparto.contacts.models import Contact, FollowUp
from reparto.contacts.queries import follow_ups_of
from reparto.contacts.sales_of import sales_of
from reparto.conversations.models import Message
from reparto.conversations.queries import latest_messages, visible_conversations
from reparto.kit.read_audit import read_audit
from reparto.people.actor import Actor

from .draw_edits import draw_edits
from .draw_sale import draw_sale
from .read_timeline import Kind, read_timeline

SHOWN = 40
TEXT_SHOWN = 280


def timeline_of(contact: Contact, actor: Actor, *, before: str = "") -> dict[str, Any]:
    """Return the entries of `components/timeline.html` of one page, and where the older ones begin."""
    talks = list(visible_conversations(actor).filter(contact_id=contact.pk).order_by().values_list("pk", flat=True))
    kinds = [
        Kind(read_audit("contact", ids_of_one(contact.pk)), "at", draw_edits),
        Kind(decisions_of_contact(contact.pk), "at", _decided),
        Kind(follow_ups_of(contact.pk), "at", lambda rows: map(_follow_up, rows)),
        Kind(sales_of(contact.pk), "at", lambda rows: map(draw_sale, rows)),
        Kind(latest_messages(talks), "sent_at", lambda rows: [_message(one, contact) for one in rows]),
    ]
    entries, older = read_timeline(kinds, before, size=SHOWN)
    # A channel's clock says when a message was sent, which is before we knew of whoever sent it.
    return {"entries": entries if older else [*entries, _beginning(contact)], "older": older, "before": before}


def _decided(decisions: Sequence[Decision]) -> Iterable[dict[str, Any]]:
    names = read_names(decisions)
    for decision in decisions:
        then = names.as_of(decision.at)
        actor = names.people.get(decision.actor_id or 0)
        yield {
            "person": actor,
            "icon": "reparto" if decision.outcome == "assigned" else "user-x",
            "kind": "" if decision.outcome == "assigned" else "orphan",
            "text": title_of(decision, then),
            "by": then.person(actor.pk) if actor else gettext("by the rules"),
            "at": decision.at,
            "why_url": reverse("decision", args=[decision.pk]),
        }


def _message(message: Message, contact: Contact) -> dict[str, Any]:
    who = (
        contact.name if message.direction == "in" else (message.author.name if message.author else gettext("automatic"))
    )
    wordless = gettext("(deleted message)") if message.removed_at else _wordless(message.kind)
    text = message.text[:TEXT_SHOWN] or wordless
    said = gettext("{who} noted: {text}") if message.private else gettext("{who}: {text}")
    calls = {"call": "phone", "missed_call": "phone-missed"}
    return {
        "person": message.author,
        "icon": "sticky-note" if message.private else calls.get(message.kind, "message-circle"),
        "text": format_html(said, who=format_html("<b>{}</b>", who), text=text),
        "by": message.account.name,
        "at": message.sent_at,
    }


def _wordless(kind: str) -> str:
    calls = {"call": gettext("Call"), "missed_call": gettext("Missed call")}
    return calls.get(kind) or gettext("(without text)")


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
