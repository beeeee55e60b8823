"""
Reopen a conversation, and let somebody able work it: whoever was suspended meanwhile is taken off, and what nobody
works any more waits for the rules (EC-41, EC-45).

Page and API end here. It chooses nobody itself.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.conversations.assigned import Assigned
from reparto.conversations.change_assignees import Change
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of
from reparto.conversations.reopen_conversation import reopen_conversation
from reparto.kit.jobs import wake
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.queries import suspended_among

from .change_by_system import change_by_system
from .lock_desk import lock_desk
from .put_in_line import InLine, put_in_line


def reopen_to_work(conversation_id: int, *, actor: Actor, at: datetime, as_before: bool = False) -> Conversation:
    """Reopen it, or undo what closed it. Raises what `reopen_conversation` raises; then nothing has changed."""
    lock_desk(actor.organization_id)
    talk = reopen_conversation(conversation_id, actor=actor, at=at, as_before=as_before)
    there = assignees_of([talk.pk])[talk.pk]
    gone = suspended_among(there.person_ids)
    if gone:
        _take_off(talk, there, gone, at=at)
    if gone >= set(there.person_ids) and not there.group_ids:
        put_in_line(talk.organization_id, [InLine(talk.contact_id, talk.pk)], at=at)
        publish(talk.organization_id, "waiting", [])
        wake("desk", talk.organization_id)
    return talk


def _take_off(talk: Conversation, there: Assigned, gone: Collection[int], *, at: datetime) -> None:
    change = Change(talk.pk, go_people=tuple(sorted(gone)))
    stay = [one for one in there.person_ids if one not in gone]
    change_by_system(talk, there, change, person_ids=stay, at=at)
