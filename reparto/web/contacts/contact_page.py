"""One contact: who owns it and why, how to reach it, what is said with it, what happened."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext

from reparto.assignment.models import Waiting
from reparto.assignment.queries import ledger_of, waiting_of
from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.find_merge import follow_merges
from reparto.contacts.match_key import match_key
from reparto.contacts.models import Address, Contact
from reparto.contacts.queries import UnknownContact, addresses_of, all_tags, default_assignees_of, find_contact, tags_of
from reparto.contacts.relation import relation_to
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, visible_conversations
from reparto.engine import REASON_SENTENCES
from reparto.kit.organizations import this_organization
from reparto.people.permissions import check, may
from reparto.people.queries import assignable_people, find_people

from ..page import Page
from .merge import show_merges
from .owner_cell import owner_cell
from .show_ended import show_ended
from .show_facts import show_facts
from .show_missed_call import show_missed_call
from .show_row import source_of
from .show_sales import show_sales
from .timeline import timeline_of

TALKS_SHOWN = 20


class ContactPage(Page):
    """`/contactos/{id}`."""

    action: ClassVar[str] = "contact.view"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Show everything of a contact that the actor may see."""
        try:
            contact = find_contact(contact_id, actor=self.actor)
        except UnknownContact:
            return self._lead_on(contact_id)
        relation = relation_to(contact, self.actor)
        check(self.actor, self.action, relation)
        talks = list(visible_conversations(self.actor).filter(contact_id=contact.pk).order_by("-id")[:TALKS_SHOWN])
        context: dict[str, Any] = {
            "contact": contact,
            "cell": owner_cell(contact, self.actor, look="field"),
            "waiting": _waiting(contact),
            "ended": show_ended(contact, self.actor),
            "missed": show_missed_call(contact, self.actor),
            "talks": _talks(talks),
            "timeline": timeline_of(contact, self.actor, before=request.GET.get("before", "")),
            "ledger": list(ledger_of(contact.pk)),
            "merges": show_merges(contact, self),
            "may_edit": may(self.actor, "contact.edit", relation),
            "may_merge": may(self.actor, "contact.merge", relation),
            "may_follow_up": may(self.actor, "contact.follow_up", relation),
            "sales": show_sales(contact, may_sell=may(self.actor, "contact.sale", relation)),
            **facts_of_contact(contact),
        }
        if context["may_edit"]:
            context["all_tags"] = list(all_tags().values_list("name", flat=True)[:200])
        if may(self.actor, "contact.default_assignees", relation):
            named = {person.pk for person in context["defaults"]}
            context["may_name"] = [one for one in assignable_people(self.actor) if one.pk not in named]
        if self.by_htmx:
            return self.show_part("contacts/contact.html#whole", context)
        return self.show("contacts/contact.html", context)

    def _lead_on(self, contact_id: int) -> HttpResponse:
        """One that became another leads to it, for whoever may see that. Raises UnknownContact."""
        to = reverse("contact", args=[follow_merges(contact_id, actor=self.actor).pk])
        return HttpResponse(headers={"HX-Redirect": to}) if self.by_htmx else HttpResponseRedirect(to)


def facts_of_contact(contact: Contact) -> dict[str, Any]:
    """Return what is known of a contact, for its page and for the sidebar of a conversation: four queries at most."""
    country = this_organization().country
    return {
        "addresses": [_address(one, country) for one in addresses_of([contact.pk]).get(contact.pk, [])],
        "tags": tags_of([contact.pk]).get(contact.pk, []),
        "fields": show_facts(contact),
        "defaults": default_people(contact),
        **source_of(contact),
    }


def default_people(contact: Contact) -> list[Any]:
    """Return whom the contact puts on its new conversations, the owner first (AC-2)."""
    ids = default_assignees_of([contact.pk]).get(contact.pk, [])
    people = {person.pk: person for person in find_people(ids)} if ids else {}
    named = [people[one] for one in ids if one in people and one != contact.owner_id]
    return ([contact.owner] if contact.owner else []) + named


def _address(address: Address, country: str) -> dict[str, Any]:
    kinds = {"phone": gettext("Phone"), "email": gettext("E-mail"), "bsuid": gettext("WhatsApp user")}
    icons = {"phone": "phone", "email": "mail"}
    return {
        "id": address.pk,
        "kind": address.kind,
        "label": kinds.get(address.kind, address.kind),
        "icon": icons.get(address.kind, "message-circle"),
        "value": address.value,
        "rewritten": rewritten_as(address.kind, address.value, country),
    }


def rewritten_as(kind: str, value: str, country: str) -> str:
    """Return the number as its country writes it today, where a rule of its plan changed it; else nothing (EC-73)."""
    try:
        read = match_key(kind, value, country=country)
    except NotAnAddress:
        return ""
    return read.shown if read.rewritten else ""


def _waiting(contact: Contact) -> dict[str, Any] | None:
    """Say why nobody has the contact, since when, and when it is tried again."""
    if contact.owner_id is not None:
        return None
    row = waiting_of([contact.pk]).get(contact.pk)
    if row is not None:
        return {"text": _reason(row), "since": row.since, "next": row.due_at}
    said = gettext("Left without a responsible person; it waits to be taken, or to write.")
    return {"text": said, "since": contact.updated_at, "next": None}


def _reason(row: Waiting) -> str:
    if row.reason in REASON_SENTENCES:
        return gettext(REASON_SENTENCES[row.reason])
    return gettext("It has just arrived; the decision follows within seconds.")


def _talks(talks: Sequence[Conversation]) -> list[dict[str, Any]]:
    assigned = assignees_of([talk.pk for talk in talks]) if talks else {}
    workers = {talk_id: each.person_ids for talk_id, each in assigned.items()}
    people = find_people({one for ids in workers.values() for one in ids}) if workers else []
    by_id = {person.pk: person for person in people}
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
            "people": [by_id[one] for one in workers.get(talk.pk, ()) if one in by_id],
        }
        for talk in talks
    ]


def _url(conversation_id: int) -> str:
    try:
        return reverse("conversation", args=[conversation_id])
    except NoReverseMatch:
        return ""
