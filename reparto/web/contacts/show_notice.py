"""
The chip that says which notification the list is narrowed to: the contacts that somebody was given in one go.

It reads the notification of whoever looks, and no contact.
"""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from reparto.notifications.queries import find_notification
from reparto.people.actor import Actor

from .list_query import ListQuery


def show_notice(query: ListQuery, actor: Actor, *, at: datetime) -> list[dict[str, str]]:
    """Return the chip with the address that leaves it out; none when the address names no notification."""
    if query.notice is None:
        return []
    notice = find_notification(query.notice, person_id=actor.person_id, at=at)
    number = notice.number if notice else 0
    value = ngettext("%(number)s contact", "%(number)s contacts", number) % {"number": number}
    return [{"field": gettext("You were given"), "value": value, "remove_url": query.url(notice=None)}]
