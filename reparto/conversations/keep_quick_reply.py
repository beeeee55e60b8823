"""
Keep a text that is said often, for oneself or for all, or forget it.

Its variables are data from a list; nothing in it is ever run.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line, read_lines
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .fill_variables import unknown_variables
from .models import QuickReply
from .queries import lock_quick_reply
from .send_reply import MAX_TEXT

NAME_LIMIT = 60
#: Of one person, and of all.
MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class QuickReplyDraft:
    """A quick reply to be kept."""

    name: str
    text: str
    shared: bool = False


def keep_quick_reply(
    draft: QuickReplyDraft, *, actor: Actor, at: datetime, quick_reply_id: int | None = None
) -> QuickReply:
    """
    Keep a new quick reply, or one that is there in other words.

    Raises:
        NotAllowed: The actor may not keep those of all.
        UnknownQuickReply: None, or somebody else's.
        Invalid: With all that is wrong.

    """
    check(actor, _action(shared=draft.shared))
    kept = None if quick_reply_id is None else lock_quick_reply(quick_reply_id, actor=actor)
    if kept is not None:
        check(actor, _action(shared=kept.person_id is None))
    row = kept or QuickReply(organization_id=actor.organization_id)
    row.person_id = None if draft.shared else actor.person_id
    row.name, row.text = _read(draft, row)
    row.updated_at = at
    row.save()
    return row


def forget_quick_reply(quick_reply_id: int, *, actor: Actor) -> None:
    """Delete a quick reply of one's own, or of all for whoever keeps those. Raises UnknownQuickReply, NotAllowed."""
    row = lock_quick_reply(quick_reply_id, actor=actor)
    check(actor, _action(shared=row.person_id is None))
    row.delete()


def _action(*, shared: bool) -> str:
    return "quick_reply.shared" if shared else "quick_reply.own"


def _read(draft: QuickReplyDraft, row: QuickReply) -> tuple[str, str]:
    faults = Faults()
    name = read_line(draft.name, path="name", limit=NAME_LIMIT, faults=faults)
    text = read_lines(draft.text, path="text", limit=MAX_TEXT, faults=faults)
    if unknown := unknown_variables(text):
        said = gettext("There is no variable %(name)s.") % {"name": ", ".join(unknown)}
        faults.add("text", "unknown_variable", said)
    theirs = Q(person__isnull=True) if row.person_id is None else Q(person_id=row.person_id)
    beside = QuickReply.objects.filter(theirs).exclude(pk=row.pk)
    if name and beside.filter(name__iexact=name).exists():
        faults.add("name", "taken", gettext("There is one of this name already."))
    if beside.count() >= MOST_KEPT:
        faults.add("name", "too_many", gettext("At most %(limit)d are kept.") % {"limit": MOST_KEPT})
    faults.check()
    return name, text
