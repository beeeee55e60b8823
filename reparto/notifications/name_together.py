"""
Name the first contacts of a notification of many, for a mail. Plain text, in the active language.

A contact that is somebody else's by then has no name here.
"""

from django.utils.translation import gettext

from reparto.contacts.queries import visible_contacts
from reparto.conversations.queries import visible_conversations, worked_by
from reparto.people.actor import Actor
from reparto.rules.preview_template import one_line

from .models import Notification
from .queries import contact_ids_told

#: A mail that names thousands is not read.
MOST_NAMED = 10


def name_together(notice: Notification, *, actor: Actor) -> str:
    """Return a line for each of the first that whoever was told has still; "" for none (two queries)."""
    told = contact_ids_told(notice.pk, person_id=actor.person_id)
    theirs = visible_contacts(actor).filter(pk__in=told)
    working = worked_by(visible_conversations(actor).exclude(status="closed"), actor.person_id)
    with_them = theirs.filter(owner_id=actor.person_id) | theirs.filter(pk__in=working.values("contact_id"))
    names = with_them.order_by("pk").values_list("name", flat=True)[:MOST_NAMED]
    return "\n".join(f"– {one_line(name) or gettext('Without a name')}" for name in names)
