"""
Reopen a conversation, and let somebody able work it: whoever was suspended meanwhile is taken off, and what nobody
works any more waits for the rules (EC-41, EC-45).

Page and API end here. It chooses nobody itself.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.conversations.assigned import Assigned
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of
from reparto.conversations.reopen_conversation import reopen_conversation
from reparto.kit.jobs import wake
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.queries import suspended_among

from .lock_desk import lock_desk
from .put_in_line import InLine, put_in_line
from .write_hand_decision import ByHand, write_hand_decision

#: As when the rest of a suspended person's work is handed over: the system does it, never whoever reopens.
ROUTE, REASON = "bulk", "handed_over"


def reopen_to_work(conversation_id: int, *, actor: Actor, at: datetime) -> Conversation:
    """Reopen it. Raises what `reopen_conversation` raises; then nothing has changed."""
    lock_desk(actor.organization_id)
    talk = reopen_conversation(conversation_id, actor=actor, at=at)
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
    by_hand = ByHand(
        contact_id=talk.contact_id,
        owner_id=talk.contact.owner_id,
        person_ids=[one for one in there.person_ids if one not in gone],
        actor_id=None,
        conversation_id=talk.pk,
        group_ids=there.group_ids,
        route=ROUTE,
        reason=REASON,
        before={"person_ids": list(there.person_ids), "group_ids": list(there.group_ids)},
    )
    decision = write_hand_decision(talk.organization_id, by_hand, at=at)
    change = Change(talk.pk, go_people=tuple(sorted(gone)))
    change_assignees(talk.organization_id, change, route=ROUTE, decision_id=decision.pk, at=at)
