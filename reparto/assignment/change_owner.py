"""
Change a contact's owner outside the engine: by hand, by undoing, by handing over.

Ledger, assignees and line follow in the same transaction. It asks no permission, and must run under the desk's lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from reparto.contacts.models import Contact
from reparto.conversations.queries import lock_working

from .models import Decision
from .write_hand_decision import ByHand, hand_decision
from .write_owner import Swap, write_owner


@dataclass(frozen=True, slots=True)
class OwnerChange:
    """Who becomes the owner of what, and who did it. `contact` is locked, with its owner before."""

    contact: Contact
    owner_id: int | None
    route: str
    actor_id: int | None
    reason: str = "by_hand"
    heir_id: int | None = None  #: of a merge: who works the conversations instead of the former owner
    counts: bool = True  #: whether limits by the hour and day count it as given; not what somebody has just typed in
    undoes: int | None = None
    given_at: datetime | None = None  #: when what is undone was given
    former: dict[str, Any] = field(default_factory=dict)  #: what an undo puts back, instead of the usual swap


def change_owner(organization_id: int, change: OwnerChange, *, at: datetime) -> Decision:
    """Write the decision, the ledger, the contact and its open conversations, and announce it; return the decision."""
    working = lock_working(change.contact.pk)
    decision = hand_decision(organization_id, _by_hand(change, working), at=at)
    swap = replace(_swap(change, working), given=_given(change, working, at=at))
    write_owner(decision, swap, at=at)
    contact = decision.contact = change.contact
    contact.owner_id = change.owner_id
    contact.version += 1
    contact.updated_at = at
    return decision


def _swap(change: OwnerChange, working: Mapping[int, Sequence[int]]) -> Swap:
    go, come = [], []
    for talk_id, people in working.items():
        leaves, comes = _who(change, talk_id, people)
        go += [(talk_id, person) for person in leaves - comes]
        come += [(talk_id, person) for person in comes - leaves]
    heard = change.owner_id is not None or change.heir_id is not None
    return Swap(tuple(working), go, come, leaves_line=heard)


def _given(change: OwnerChange, working: Mapping[int, Sequence[int]], *, at: datetime) -> list[tuple[int, int]]:
    """
    Return whom limits count, and how: a contact is one, however many conversations follow it.

    Whoever works one of its conversations already was counted for that. What is taken back within the hour was
    never given; whoever has it back was counted when they first had it.
    """
    owner, former = change.owner_id, change.contact.owner_id
    if change.undoes is not None:
        had = {person for people in change.former.values() for person in people}
        at_once = change.given_at is not None and _hour(change.given_at) == _hour(at)
        return [(former, -1)] if former is not None and at_once and former not in had else []
    works = any(owner in people for people in working.values())
    return [(owner, 1)] if owner is not None and change.counts and not works else []


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _who(change: OwnerChange, talk_id: int, people: Sequence[int]) -> tuple[set[int], set[int]]:
    """
    Return who goes and who comes: the former owner and the new one; whoever else works the conversation stays.

    A new owner of a contact that had none joins only what nobody works.
    """
    if str(talk_id) in change.former:
        back = set(change.former[str(talk_id)])
        return set(people) - back, back - set(people)
    leaves = {person for person in people if person == change.contact.owner_id}
    follows = change.owner_id or change.heir_id
    return leaves, {follows} if follows is not None and (leaves or not people) else set()


def _by_hand(change: OwnerChange, working: Mapping[int, Sequence[int]]) -> ByHand:
    return ByHand(
        contact_id=change.contact.pk,
        owner_id=change.owner_id,
        person_ids=[] if change.owner_id is None else [change.owner_id],
        actor_id=change.actor_id,
        route=change.route,
        reason=change.reason,
        undoes=change.undoes,
        before={
            "owner_id": change.contact.owner_id,
            "assignees": {str(talk_id): list(people) for talk_id, people in working.items()},
        },
    )
