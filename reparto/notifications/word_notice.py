"""
What a notification says outside of the product: a few words and where they lead. Plain text, in the active language.

A contact that is not theirs any more has no name here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from reparto.contacts.queries import visible_contacts
from reparto.people.actor import Actor

from .models import Notification


@dataclass(frozen=True, slots=True)
class Words:
    """What a push or a mail shows."""

    title: str
    text: str
    path: str  #: in the product


def word_notice(notice: Notification, *, actor: Actor) -> Words:
    """Return the words for whoever was told."""
    if notice.kind == "halt":
        said = ngettext("%(number)d contact would be moved", "%(number)d contacts would be moved", notice.number)
        return Words(gettext("A rule asks before it moves many contacts"), said % {"number": notice.number}, "/reglas")
    if notice.key and notice.contact_id is None:
        return _of_many(notice)
    contact = visible_contacts(actor).filter(pk=notice.contact_id or 0).first()
    return Words(_title(notice), contact.name if contact else "", _path(notice, seen=contact is not None))


def _of_many(notice: Notification) -> Words:
    number = {"number": notice.number}
    if notice.kind == "ended":
        said = ngettext(
            "%(number)d contact that nobody followed up", "%(number)d contacts that nobody followed up", notice.number
        )
        return Words(_title(notice), said % number, "/reglas/sin-respuesta")
    said = ngettext("%(number)d contact is yours now", "%(number)d contacts are yours now", notice.number)
    return Words(_title(notice), said % number, f"/contactos?notice={notice.pk}")


def _title(notice: Notification) -> str:
    if notice.kind == "mention":
        return gettext("You were mentioned in a private note")
    if notice.kind == "merged":
        return gettext("A contact of yours was merged with another")
    if notice.kind == "ended":
        return gettext("Waits for a supervisor")
    return gettext("It is your turn")


def _path(notice: Notification, *, seen: bool) -> str:
    if notice.conversation_id is not None:
        return f"/bandeja/{notice.conversation_id}"
    return f"/contactos/{notice.contact_id}" if seen else "/notificaciones"
