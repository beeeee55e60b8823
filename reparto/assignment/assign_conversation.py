"""
Choose by hand who works a conversation: people and groups, several of each (AC-1).

It never changes the contact's owner.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from reparto.conversations.assigned import Assigned
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, find_conversation, lock_conversation
from reparto.conversations.relation import relation_to
from reparto.kit.live import publish_all
from reparto.notifications.notify_assignees import Told, notify_assignees
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed, Relation, check, may
from reparto.people.queries import UnknownGroup, UnknownPerson, find_groups, find_people

from .lock_desk import lock_desk
from .models import Decision, Waiting
from .write_hand_decision import ByHand, write_hand_decision


class AlreadyTaken(Exception):
    """Somebody took the conversation between the click and the lock; `names` says who works it."""

    def __init__(self, conversation_id: int, assigned: Assigned) -> None:
        self.assigned = assigned
        self.names = name_assigned(assigned)
        super().__init__(f"Conversation {conversation_id} is with {self.names}; a manager can change that.")


def name_assigned(assigned: Assigned) -> str:
    """Return the names of whoever works a conversation, people first."""
    people = {person.pk: person.name for person in find_people(assigned.person_ids)}
    groups = {group.pk: group.name for group in find_groups(assigned.group_ids)}
    return ", ".join([*(people[one] for one in assigned.person_ids), *(groups[one] for one in assigned.group_ids)])


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is to work a conversation: all of them, not only the new ones."""

    person_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()


def assign_conversation(conversation_id: int, chosen: Chosen, *, actor: Actor, at: datetime) -> Decision | None:
    """
    Make exactly these people and groups the assignees; None when they are so already.

    Raises:
        UnknownConversation: None that the actor may see.
        UnknownPerson, UnknownGroup: Somebody named does not exist here, or is suspended.
        NotAllowed: An agent may only put themself on a conversation that has nobody.
        AlreadyTaken: An agent takes, and another was first.

    """
    seen = find_conversation(conversation_id, actor=actor)
    _check_allowed(seen, assignees_of([seen.pk])[seen.pk], chosen, actor)
    lock_desk(actor.organization_id)
    talk = lock_conversation(conversation_id)
    now_there = assignees_of([talk.pk])[talk.pk]
    if _is_take(chosen, actor) and (now_there.person_ids or now_there.group_ids) and not _leads(seen, now_there, actor):
        raise AlreadyTaken(talk.pk, now_there)
    _check_allowed(seen, now_there, chosen, actor)
    change = _difference(talk, now_there, chosen)
    if not (change.come_people or change.come_groups or change.go_people or change.go_groups):
        return None
    return _write(talk, change, chosen, actor=actor, at=at)


def _is_take(chosen: Chosen, actor: Actor) -> bool:
    return chosen == Chosen((actor.person_id,))


def _leads(talk: Conversation, assigned: Assigned, actor: Actor) -> bool:
    return may(actor, "conversation.assign", relation_to(talk, assigned, actor))


def _check_allowed(talk: Conversation, assigned: Assigned, chosen: Chosen, actor: Actor) -> None:
    if _leads(talk, assigned, actor):
        _check_recipients(chosen, actor)
    elif _is_take(chosen, actor):
        check(actor, "conversation.take", relation_to(talk, assigned, actor))
    else:
        raise NotAllowed("conversation.assign")


def _check_recipients(chosen: Chosen, actor: Actor) -> None:
    people = find_people(chosen.person_ids)
    if missing := set(chosen.person_ids) - {person.pk for person in people if person.suspended_at is None}:
        raise UnknownPerson(f"Person {min(missing)} does not exist.")
    groups = find_groups(chosen.group_ids)
    if unknown := set(chosen.group_ids) - {group.pk for group in groups}:
        raise UnknownGroup(f"Group {min(unknown)} does not exist.")
    paths = [person.group.path for person in people if person.pk != actor.person_id] + [g.path for g in groups]
    if not all(actor.leads(path) for path in paths):
        raise NotAllowed("conversation.assign")


def _difference(talk: Conversation, there: Assigned, chosen: Chosen) -> Change:
    return Change(
        talk.pk,
        come_people=_without(chosen.person_ids, there.person_ids),
        come_groups=_without(chosen.group_ids, there.group_ids),
        go_people=_without(there.person_ids, chosen.person_ids),
        go_groups=_without(there.group_ids, chosen.group_ids),
    )


def _without(ids: Collection[int], others: Collection[int]) -> tuple[int, ...]:
    return tuple(one for one in dict.fromkeys(ids) if one not in others)


def put_back(decision: Decision, restored: Chosen, *, actor: Actor, at: datetime) -> Decision | None:
    """
    Restore who was there before a decision; None when somebody changed it since. The caller holds the desk.

    Raises what choosing them by hand raises; what one took oneself, one may leave again.
    """
    talk = lock_conversation(decision.conversation_id or 0)
    there = assignees_of([talk.pk])[talk.pk]
    if (set(there.person_ids), set(there.group_ids)) != (set(decision.person_ids), set(decision.group_ids)):
        return None
    if restored == Chosen() and decision.person_ids == [actor.person_id] and not decision.group_ids:
        check(actor, "conversation.take", Relation.FREE)
    else:
        _check_allowed(talk, there, restored, actor)
    return _write(talk, _difference(talk, there, restored), restored, actor=actor, at=at, undoes=decision.pk)


def _write(
    talk: Conversation, change: Change, chosen: Chosen, *, actor: Actor, at: datetime, undoes: int | None = None
) -> Decision:
    by_hand = ByHand(
        contact_id=talk.contact_id,
        owner_id=talk.contact.owner_id,
        person_ids=chosen.person_ids,
        actor_id=actor.person_id,
        conversation_id=talk.pk,
        group_ids=chosen.group_ids,
        undoes=undoes,
        before=_before(change, chosen),
    )
    decision = write_hand_decision(actor.organization_id, by_hand, at=at)
    change_assignees(actor.organization_id, change, route="manual", decision_id=decision.pk, at=at)
    if chosen.person_ids or chosen.group_ids:
        Waiting.objects.filter(conversation=talk).delete()
    told = Told(change.come_people, talk.contact_id, talk.pk, decision.pk)
    notify_assignees(actor.organization_id, [told], at=at, actor_id=actor.person_id)
    publish_all(actor.organization_id, {"conversations": (talk.pk,), "waiting": ()})
    return decision


def _before(change: Change, chosen: Chosen) -> dict[str, list[int]]:
    """Return who was there, so that it can be put back."""
    people = [one for one in chosen.person_ids if one not in change.come_people]
    groups = [one for one in chosen.group_ids if one not in change.come_groups]
    return {"person_ids": [*people, *change.go_people], "group_ids": [*groups, *change.go_groups]}
