"""A decision while it is being made: the item, what was tried and who was considered. Lives for one item."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from reparto.engine.eligibility import Ask, Refusal
from reparto.engine.shapes import Candidate, Decision, Route, Step, WorkItem
from reparto.engine.sitting import Sitting


class Draft:
    """One item on its way through the routes; each adds what it tried."""

    def __init__(self, item: WorkItem, sitting: Sitting) -> None:
        """Begin with nothing tried."""
        self.item, self.sitting = item, sitting
        # A contact alone has no conversation, so no account's mode matters.
        account_id = item.account_id if item.conversation_id is not None else None
        self.ask = Ask(account_id, item.channel, item.campaign_id)
        self.owner_id = _owner(item, sitting)
        self.steps: list[Step] = []
        self.candidates: tuple[Candidate, ...] = ()
        self.group_ids: tuple[int, ...] = ()  #: named by a flow; whoever decides, they are added
        self.expects = False  #: a rule matched, though its groups have nobody yet
        self.waits_for_owner = False  #: by the organization's setting, instead of being covered
        self.wakes_at: datetime | None = None

    def step(self, kind: Any, verdict: Any, reason: str, detail: Any = None) -> None:
        """Note a route that was tried."""
        self.steps.append(Step(kind, verdict, reason, detail=detail or {}))

    def refusal(self, person_id: int) -> Refusal | None:
        """The first reason against a person for this item, room included."""
        return self.sitting.refusal(person_id, self.ask, effort=self.item.effort)

    def refusal_along(self, person_id: int) -> Refusal | None:
        """The first standing reason against a person for the conversations that follow a contact alone."""
        for one in self.item.carried:
            ask = Ask(one.account_id, one.channel, self.item.campaign_id, in_hand=person_id in one.assignee_ids)
            refusal = self.sitting.standing(ask)[person_id]
            if refusal is not None:
                return refusal
        return None

    def able(self, people: Iterable[tuple[int, str]]) -> tuple[int, ...]:
        """
        Those who can receive, of people each with the reason for which they are considered.

        All of them become candidates: chosen, or rejected with the first reason.
        """
        chosen = []
        for person_id, reason in people:
            refusal = self.refusal(person_id)
            if refusal is None:
                chosen.append(person_id)
                self.candidates += (Candidate(person_id, "chosen", reason),)
            else:
                self.reject(person_id, refusal)
        return tuple(chosen)

    def reject(self, person_id: int, refusal: Refusal) -> None:
        """Note a person who was considered and cannot receive."""
        self.candidates += (Candidate(person_id, "rejected", refusal.reason, detail=refusal.detail),)
        self.wake(refusal.until)

    def wake(self, moment: datetime | None) -> None:
        """Note when somebody is known to be back."""
        if moment is not None and moment > self.sitting.at and (self.wakes_at is None or moment < self.wakes_at):
            self.wakes_at = moment

    def next_try_at(self) -> datetime:
        """When the item is tried again, if nothing wakes it: the retry, or earlier if somebody is back sooner."""
        retry = self.sitting.at + timedelta(seconds=self.sitting.snapshot.policy.retry_seconds)
        return retry if self.wakes_at is None else min(retry, self.wakes_at)

    def assigned(
        self, route: Route, reason: str, people: tuple[int, ...], *, owner_id: int | None, **more: Any
    ) -> Decision:
        """The decision that `people`, and the groups that a flow named, take the conversation."""
        return Decision(
            item_id=self.item.id,
            outcome="assigned",
            route=route,
            owner_id=owner_id,
            owner_changed=owner_id != self.item.owner_id,
            person_ids=people,
            group_ids=self.group_ids,
            reason=reason,
            steps=tuple(self.steps),
            candidates=self.candidates,
            **more,
        )

    def undecided(self, outcome: Any, reason: str, *, next_try_at: datetime | None = None) -> Decision:
        """The decision that nobody is added: it stays where it is, waits, or no rule speaks."""
        return Decision(
            item_id=self.item.id,
            outcome=outcome,
            route=None,
            owner_id=self.item.owner_id,
            reason=reason,
            next_try_at=next_try_at,
            steps=tuple(self.steps),
            candidates=self.candidates,
        )


def _owner(item: WorkItem, sitting: Sitting) -> int | None:
    """The owner for this decision: the contact's; where it has none, the primary of its direct assignment."""
    if item.owner_id is not None or item.portfolio is None or item.conversation_id is None or item.due_rule_ids:
        return item.owner_id
    primary = sitting.snapshot.agents.get(item.portfolio.primary_id)
    gone = primary is None or primary.suspended
    return None if gone else item.portfolio.primary_id
