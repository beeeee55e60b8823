"""
What happened with a contact, newest first, in one list: decisions, messages, calls, follow-ups, sales, edits, merges,
conversations that were closed, put off or reopened.

Only what the viewer may see: what was said and done in conversations that are not theirs to see is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from reparto.assignment.describe_decision import route_of, title_of
from reparto.assignment.kinds_of import kinds_of
from reparto.assignment.models import Decision
from reparto.assignment.read_names import NamesOf, read_names
from reparto.contacts.models import Contact, CustomField, FollowUp
from reparto.conversations.models import Message
from reparto.kit.models import AuditEntry
from reparto.kit.read_kinds import Draw, Kind, ask_page, read_page

from .draw_changes import draw_changes
from .draw_edits import draw_edits
from .draw_sale import draw_sale

SHOWN = 40
TEXT_SHOWN = 280


@dataclass(frozen=True, slots=True)
class TimelineAsked:
    """The questions of one page, before anything is read (`read_together`)."""

    contact: Contact
    before: str
    kinds: tuple[Kind, ...]
    all: Sequence[QuerySet[Any]]  #: the newest rows of each kind


def ask_timeline(contact: Contact, *, one: Sequence[int], talks: Sequence[int], before: str = "") -> TimelineAsked:
    """Return what a page asks; `one`: the ids of all that became the contact, `talks`: those that may be shown."""
    kinds = kinds_of(contact.pk, one=one, talks=talks)
    return TimelineAsked(contact, before, kinds, ask_page(kinds, before, size=SHOWN))


def draw_timeline(asked: TimelineAsked, own_fields: Iterable[CustomField]) -> dict[str, Any]:
    """Return the entries of `components/timeline.html`, and where the older ones begin (two queries)."""
    contact, (edits, decisions, *_, changes) = asked.contact, asked.all
    acted = {one.actor_id for rows in (edits, changes) for one in rows if one.actor_id}
    names = read_names(decisions, whole=(), others=acted)
    draws: tuple[Draw, ...] = (
        lambda rows: draw_edits(rows, names.people, own_fields),
        lambda rows: [_decision(one, names) for one in rows],
        lambda rows: map(_follow_up, rows),
        lambda rows: map(draw_sale, rows),
        lambda rows: [_message(one, contact) for one in rows],
        lambda rows: [_change(*one, names) for one in zip(rows, draw_changes(rows, names), strict=True)],
    )
    entries, older = read_page(asked.kinds, asked.all, draws, size=SHOWN)
    # A channel's clock says when a message was sent, which is before we knew of whoever sent it.
    return {"entries": entries if older else [*entries, _beginning(contact)], "older": older, "before": asked.before}


def _decision(decision: Decision, names: NamesOf) -> dict[str, Any]:
    then = names.as_of(decision.at)
    actor = names.people.get(decision.actor_id or 0)
    way = gettext("by the rules") if decision.route in (None, "rule") else route_of(decision, then)
    return {
        "person": actor,
        "icon": "reparto" if decision.outcome == "assigned" else "user-x",
        "kind": "" if decision.outcome == "assigned" else "orphan",
        "text": title_of(decision, then),
        "by": then.person(actor.pk) if actor else way,
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


def _change(entry: AuditEntry, drawn: dict[str, Any], names: NamesOf) -> dict[str, Any]:
    """As the thread says it."""
    actor = entry.actor_id or 0
    return {"person": names.people.get(actor), **drawn, "by": names.as_of(entry.at).person(actor)}


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
