"""
Change a contact's owner outside the engine: by hand, by undoing, by handing over.

Ledger, assignees and line follow in the same transaction. It asks no permission, and must run under the desk's lock.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Greatest

from reparto.contacts.models import Contact
from reparto.conversations.change_assignees import Change, change_assignees
from reparto.conversations.queries import assignees_of, open_conversations_of

from .models import Decision, Ownership, Waiting
from .write_hand_decision import ByHand, write_hand_decision


@dataclass(frozen=True, slots=True)
class OwnerChange:
    """Who becomes the owner of what, and who did it. `contact` is locked, with its owner before."""

    contact: Contact
    owner_id: int | None
    route: str
    actor_id: int | None
    reason: str = "by_hand"
    heir_id: int | None = None  #: of a merge: who works the conversations instead of the former owner
    undoes: int | None = None
    former: dict[str, Any] = field(default_factory=dict)  #: what an undo puts back, instead of the usual swap


def change_owner(organization_id: int, change: OwnerChange, *, at: datetime) -> Decision:
    """Write the decision, the ledger, the contact and its open conversations; return the decision."""
    talks = open_conversations_of(change.contact.pk)
    assigned = assignees_of([talk.pk for talk in talks])
    before = {str(talk.pk): list(assigned[talk.pk].person_ids) for talk in talks}
    decision = _write_decision(organization_id, change, before, at=at)
    _turn_the_ledger(organization_id, change, decision, at=at)
    for talk in talks:
        swap = _swap(change, talk.pk, before[str(talk.pk)])
        change_assignees(organization_id, swap, route=change.route, decision_id=decision.pk, at=at)
    contact = change.contact
    contact.owner_id = change.owner_id
    contact.version += 1
    contact.updated_at = at
    contact.save(update_fields=["owner", "version", "updated_at"])
    _leave_line(change, [talk.pk for talk in talks])
    return decision


def _swap(change: OwnerChange, talk_id: int, people: list[int]) -> Change:
    """
    The former owner goes and the new one comes; whoever else works the conversation stays.

    A new owner of a contact that had none joins only what nobody works.
    """
    if str(talk_id) in change.former:
        back = set(change.former[str(talk_id)])
        return Change(talk_id, come_people=tuple(back - set(people)), go_people=tuple(set(people) - back))
    former = change.contact.owner_id
    leaves = (former,) if former in people and former is not None else ()
    follows = change.owner_id or change.heir_id
    comes = (follows,) if follows is not None and (leaves or not people) else ()
    return Change(talk_id, come_people=comes, go_people=leaves)


def _write_decision(
    organization_id: int, change: OwnerChange, before: dict[str, list[int]], *, at: datetime
) -> Decision:
    by_hand = ByHand(
        contact_id=change.contact.pk,
        owner_id=change.owner_id,
        person_ids=[] if change.owner_id is None else [change.owner_id],
        actor_id=change.actor_id,
        route=change.route,
        reason=change.reason,
        undoes=change.undoes,
        before={"owner_id": change.contact.owner_id, "assignees": before},
    )
    return write_hand_decision(organization_id, by_hand, at=at)


def _turn_the_ledger(organization_id: int, change: OwnerChange, decision: Decision, *, at: datetime) -> None:
    """Close the open span and begin the next; a clock behind the last entry never makes a span run backwards."""
    spans = Ownership.objects.filter(contact=change.contact)
    spans.filter(until__isnull=True).update(until=Greatest("since", Value(at)))
    if change.owner_id is None:
        return
    last = spans.order_by("-since").values_list("until", flat=True).first()
    Ownership.objects.create(
        organization_id=organization_id,
        contact=change.contact,
        person_id=change.owner_id,
        since=max(at, last) if last else at,
        decision_id=decision.pk,
    )


def _leave_line(change: OwnerChange, talk_ids: list[int]) -> None:
    """What has somebody now waits no more; a contact left with nobody is judged again when it writes."""
    if change.owner_id is not None or change.heir_id is not None:
        Waiting.objects.filter(contact=change.contact).filter(conversation_id__in=talk_ids).delete()
    Waiting.objects.filter(contact=change.contact, conversation__isnull=True).delete()
