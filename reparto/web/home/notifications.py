"""The notification centre: what one was told, newest first, each leading to its place."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.notifications.mark_read import mark_read
from reparto.notifications.models import Notification
from reparto.notifications.notify_second_step import KIND as SECOND_STEP
from reparto.notifications.queries import notifications_of

from ..page import Page

#: As many as one looks through; older ones are on the contacts' own pages.
SHOWN = 100
ICONS = {"mention": "at-sign", "ended": "history", "halt": "triangle-alert", SECOND_STEP: "shield"}


class Notifications(Page):
    """`/notificaciones`."""

    action: ClassVar[str] = "me.view"
    section: ClassVar[str] = "notifications"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the latest; a contact that is not theirs to see any more has no name here."""
        told = list(notifications_of(self.actor.person_id, at=self.at)[:SHOWN])
        contacts = visible_contacts(self.actor).in_bulk([one.contact_id for one in told if one.contact_id])
        entries = list(_entries(told, contacts))
        return self.show("notifications.html", {"entries": entries, "unread": sum(one["unread"] for one in entries)})


class MarkRead(Page):
    """`POST /notificaciones/leidas`: all of one's own."""

    action: ClassVar[str] = "me.view"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark all read and show the list again."""
        mark_read(actor=self.actor, at=self.at)
        return self.done(gettext("All read."), to=reverse("notifications"))


def _entries(told: Iterable[Notification], contacts: dict[int, Contact]) -> Iterable[dict[str, Any]]:
    for one in told:
        contact = contacts.get(one.contact_id or 0)
        yield {
            "url": _place(one, contact),
            "text": _said(one, contact),
            "detail": "",
            "at": one.created_at,
            "unread": one.read_at is None,
            "contact": contact,
            "why_url": reverse("decision", args=[one.decision_id]) if contact and one.decision_id else "",
            "icon": ICONS.get(one.kind, "users" if one.number > 1 else "user-plus"),
        }


def _said(one: Notification, contact: Contact | None) -> str:
    if one.kind in OF_OTHER_KINDS:
        return OF_OTHER_KINDS[one.kind](one, contact)
    if one.key and contact is None:
        said = ngettext("{number} contact is yours now", "{number} contacts are yours now", one.number)
        return format_html(said, number=format_html("<b>{}</b>", intcomma(one.number)))
    if contact is None:
        return gettext("You were given a contact that is not yours to see any more.")
    return format_html(gettext("{contact} is yours to answer"), contact=format_html("<b>{}</b>", contact.name))


def _mentioned(_one: Notification, contact: Contact | None) -> str:
    """A conversation may be theirs to see without its contact."""
    if contact is None:
        return gettext("You were mentioned in a private note")
    name = format_html("<b>{}</b>", contact.name)
    return format_html(gettext("You were mentioned in a private note about {contact}"), contact=name)


def _merged(_one: Notification, contact: Contact | None) -> str:
    if contact is None:
        return gettext("A contact of yours was merged with another and is with somebody else now.")
    said = gettext("{contact} was merged with another contact; {owner} is responsible")
    owner = contact.owner.name if contact.owner else gettext("nobody")
    return format_html(said, contact=format_html("<b>{}</b>", contact.name), owner=owner)


def _ended(one: Notification, contact: Contact | None) -> str:
    if contact is not None:
        said = gettext("{contact} waits for a supervisor: everybody who could had it and nobody followed it up")
        return format_html(said, contact=format_html("<b>{}</b>", contact.name))
    said = ngettext("{number} contact waits for a supervisor", "{number} contacts wait for a supervisor", one.number)
    return format_html(said, number=format_html("<b>{}</b>", intcomma(one.number)))


def _second_step(_one: Notification, _contact: Contact | None) -> str:
    return gettext("An administrator took off your second step; set up another in your profile.")


def _halt(one: Notification, _contact: Contact | None) -> str:
    said = ngettext(
        "A rule would move {number} contact at once; it waits for your answer",
        "A rule would move {number} contacts at once; it waits for your answer",
        one.number,
    )
    return format_html(said, number=format_html("<b>{}</b>", intcomma(one.number)))


#: Where those that are of no contact lead.
PLACES = {SECOND_STEP: "profile", "halt": "rules"}
OF_OTHER_KINDS: dict[str, Callable[[Notification, Contact | None], str]] = {
    "mention": _mentioned,
    "merged": _merged,
    "ended": _ended,
    "halt": _halt,
    SECOND_STEP: _second_step,
}


def _place(one: Notification, contact: Contact | None) -> str:
    if one.kind in PLACES:
        return reverse(PLACES[one.kind])
    if one.kind == "ended" and contact is None:
        return reverse("rules_ended")
    if one.key and contact is None:
        return f"{reverse('contacts')}?notice={one.pk}"
    if contact is None and one.kind != "mention":
        return reverse("notifications")
    if one.conversation_id is not None:
        try:
            return reverse("conversation", args=[one.conversation_id])
        except NoReverseMatch:
            pass
    return reverse("contact", args=[contact.pk]) if contact else reverse("notifications")
