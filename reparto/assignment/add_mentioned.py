"""
Put whom a private note names on its conversation, if its author could do so by hand: nobody goes, and whoever has it
stays (BY-31).

It tells nobody: they are told of the mention. It must run under the desk's lock.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of
from reparto.conversations.relation import relation_to
from reparto.kit.live import publish_all
from reparto.people.actor import Actor
from reparto.people.permissions import may
from reparto.people.queries import find_people

from .models import Decision, Waiting
from .write_hand_decision import ByHand, write_hand_decision


def add_mentioned(talk: Conversation, person_ids: Collection[int], *, actor: Actor, at: datetime) -> Decision | None:
    """Add whoever is not there yet and whom the actor may add; None when that is nobody, or it is closed."""
    there = assignees_of([talk.pk])[talk.pk]
    if talk.status == "closed" or not may(actor, "conversation.assign", relation_to(talk, there, actor)):
        return None
    named = find_people(set(person_ids) - {actor.person_id, *there.person_ids})
    come = tuple(person.pk for person in named if actor.leads(person.group.path))
    if not come:
        return None
    by_hand = ByHand(
        contact_id=talk.contact_id,
        owner_id=talk.contact.owner_id,
        person_ids=[*there.person_ids, *come],
        actor_id=actor.person_id,
        conversation_id=talk.pk,
        group_ids=there.group_ids,
        before={"person_ids": list(there.person_ids), "group_ids": list(there.group_ids)},
    )
    decision = write_hand_decision(actor.organization_id, by_hand, at=at)
    change = Change(talk.pk, come_people=come)
    change_assignees(actor.organization_id, change, route="manual", decision_id=decision.pk, at=at)
    Waiting.objects.filter(conversation=talk).delete()
    publish_all(actor.organization_id, {"conversations": (talk.pk,), "waiting": ()})
    return decision
