"""
A contact as its page draws it; the small forms of that page are shown again upon it when they are refused.

It changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext

from reparto.assignment.models import Waiting
from reparto.contacts.find_merge import ids_of_one
from reparto.contacts.models import Contact
from reparto.contacts.queries import find_contact
from reparto.contacts.relation import relation_to
from reparto.conversations.assigned import Assigned
from reparto.conversations.models import Conversation
from reparto.conversations.queries import gather_assigned, visible_conversations
from reparto.engine import REASON_SENTENCES
from reparto.kit.faults import Invalid
from reparto.kit.read_together import read_together
from reparto.people.permissions import may

from ..page import Page
from .ask_contact import TALKS_SHOWN, ContactAsked, ask_contact
from .ask_facts import draw_facts
from .merge import show_merges
from .owner_cell import owner_cell
from .show_ended import show_ended
from .show_missed_call import show_missed_call
from .show_row import source_of
from .show_sales import show_sales
from .timeline import draw_timeline


class Profile(Page):
    """What shows a contact whole: its page, and what was sent from one of the page's forms."""

    section: ClassVar[str] = "contacts"

    def again(self, contact_id: int, form: str, invalid: Invalid) -> HttpResponse:
        """Show the contact with what was typed into a form of its page, and why it was refused beside it."""
        contact = find_contact(contact_id, actor=self.actor)
        refused = {form: " ".join(fault.message for fault in invalid.faults)}
        wrong = {fault.path: True for fault in invalid.faults}
        context = self.draw(contact, before="") | {"refused": refused, "wrong": wrong, "sent": self.request.POST}
        return self.show("contacts/contact.html", context, status=422)

    def draw(self, contact: Contact, *, before: str) -> dict[str, Any]:
        """Return what `contacts/contact.html` needs; `before`: where the older part of the history begins."""
        relation = relation_to(contact, self.actor)
        allowed = {
            f"may_{act}": may(self.actor, f"contact.{act}", relation)
            for act in ("edit", "merge", "follow_up", "sale", "default_assignees")
        }
        seen = visible_conversations(self.actor).filter(contact_id=contact.pk)
        latest, talks = seen.order_by("-id")[:TALKS_SHOWN], seen.order_by().values_list("pk", flat=True)
        read_together(latest, talks)
        asked = ask_contact(
            contact,
            one=ids_of_one(contact.pk),
            talks=list(talks),
            before=before,
            edits=allowed["may_edit"],
            names=allowed["may_default_assignees"],
        )
        asked.read()
        return {
            "contact": contact,
            "cell": owner_cell(contact, self.actor, look="field"),
            "waiting": _waiting(contact, asked.waiting),
            "ended": show_ended(contact, self.actor),
            "missed": show_missed_call(contact, self.actor, asked.calls),
            "talks": _talks(latest, gather_assigned(asked.assignees)),
            "timeline": draw_timeline(asked.timeline, asked.facts.own_fields),
            "ledger": asked.ledger,
            "merges": show_merges(asked.merges, contact, self),
            "sales": show_sales(asked.sales, country=asked.facts.country, may_sell=allowed["may_sale"]),
            "all_tags": asked.known_tags,
            **allowed,
            **draw_facts(contact, asked.facts),
            **source_of(contact),
            **self._defaults(contact, asked, may_name=allowed["may_default_assignees"]),
        }

    def _defaults(self, contact: Contact, asked: ContactAsked, *, may_name: bool) -> dict[str, Any]:
        """Say whom the contact puts on its new conversations, the owner first (AC-2), and who else could be."""
        named = [one.person for one in asked.defaults if one.person_id != contact.owner_id]
        defaults = ([contact.owner] if contact.owner else []) + named
        if not may_name:
            return {"defaults": defaults}
        there = {person.pk for person in defaults}
        free = [one for one in asked.people if one.suspended_at is None and self.actor.leads(one.group.path)]
        return {"defaults": defaults, "may_name": [one for one in free if one.pk not in there]}


def _waiting(contact: Contact, waiting: Iterable[Waiting]) -> dict[str, Any] | None:
    """Say why nobody has the contact, since when, and when it is tried again."""
    if contact.owner_id is not None:
        return None
    *_, row = (None, *waiting)
    if row is not None:
        return {"text": _reason(row), "since": row.since, "next": row.due_at}
    said = gettext("Left without a responsible person; it waits to be taken, or to write.")
    return {"text": said, "since": contact.updated_at, "next": None}


def _reason(row: Waiting) -> str:
    if row.reason in REASON_SENTENCES:
        return gettext(REASON_SENTENCES[row.reason])
    return gettext("It has just arrived; the decision follows within seconds.")


def _talks(talks: Iterable[Conversation], assigned: Mapping[int, Assigned]) -> list[dict[str, Any]]:
    states = {
        "open": pgettext("conversation", "Open"),
        "snoozed": pgettext("conversation", "Snoozed"),
        "closed": pgettext("conversation", "Closed"),
    }
    return [
        {
            "talk": talk,
            "url": _url(talk.pk),
            "state": states.get(talk.status, talk.status),
            "people": [{"id": pk, "name": name} for pk, name in assigned[talk.pk].people.items()],
        }
        for talk in talks
    ]


def _url(conversation_id: int) -> str:
    try:
        return reverse("conversation", args=[conversation_id])
    except NoReverseMatch:
        return ""
