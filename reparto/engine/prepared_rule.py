"""
A rule made ready for a sitting: its filter read, its list expanded, its pools kept. Pure.

What the items of a sitting share is worked out once here; nothing here moves as they are decided.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from reparto.engine import reasons
from reparto.engine.eligibility import Ask, Refusal
from reparto.engine.faults import BadFilter
from reparto.engine.filters import parse_filter
from reparto.engine.judge import judge
from reparto.engine.nodes import Node
from reparto.engine.shapes import Candidate, Group, Rule, Step, WorkItem
from reparto.engine.strategies import STRATEGIES


class Pool(NamedTuple):
    """A rule's people for one ask: those who can receive but for room, and a card for each of the list."""

    able: tuple[int, ...]
    cards: tuple[Candidate, ...]  #: in the order of the list: rejected with the reason, or eligible
    wakes_at: datetime | None  #: the earliest moment at which a standing refusal is known to end


class PreparedRule:
    """A rule of the running sitting."""

    __slots__ = ("_pools", "_steps", "node", "notes", "order", "places", "rule", "way", "weights")

    def __init__(self, rule: Rule, groups: Mapping[int, Group]) -> None:
        """Read the filter and expand the list; a filter that cannot be read makes a rule that never matches."""
        self.rule = rule
        self.way = STRATEGIES[rule.strategy]
        self.node: Node | None = None
        with suppress(BadFilter):
            self.node = parse_filter(rule.filters)
        self.weights = _expand(rule, groups)
        self.order = tuple(self.weights)
        self.places = {person: place for place, person in enumerate(self.order)}
        self.notes: dict[str, Any] = {}
        self._pools: dict[Ask, Pool] = {}
        self._steps: dict[str, Step] = {}

    def mismatch(self, item: WorkItem, *, at: datetime, trace: list[Mapping[str, Any]]) -> str | None:
        """The first reason why the rule is not for this item; None when it matches."""
        if not self.rule.active:
            return reasons.RULE_INACTIVE
        untriggered = self._untriggered(item)
        if untriggered is not None:
            return untriggered
        if self.rule.entity != item.entity:
            return reasons.OTHER_ENTITY
        if self.node is None:
            return reasons.FAULTY_FILTER
        return None if judge(self.node, item.facts, at=at, trace=trace) else reasons.FILTER_NOT_MET

    def _untriggered(self, item: WorkItem) -> str | None:
        if (self.rule.trigger == "web_integration") is bool(item.due_rule_ids):
            return reasons.OTHER_TRIGGER
        if item.due_rule_ids:
            return None if self.rule.id in item.due_rule_ids else reasons.NOT_DUE
        return None if item.arrived_by_itself else reasons.TYPED_IN_BY_HAND

    def step(self, verdict: Any, reason: str, trace: Sequence[Mapping[str, Any]], detail: Any = None) -> Step:
        """A step of the trace about this rule; those without particulars are made once."""
        bare = not trace and not detail
        if bare and reason in self._steps:
            return self._steps[reason]
        rule = self.rule
        step = Step("rule", verdict, reason, rule.id, rule.position, rule.description, tuple(trace), detail or {})
        if bare:
            self._steps[reason] = step
        return step

    def pool(self, ask: Ask, refusals: Mapping[int, Refusal | None]) -> Pool:
        """The rule's people under an ask, from the sitting's refusals."""
        pool = self._pools.get(ask)
        if pool is None:
            pool = self._pools[ask] = self._make_pool(refusals)
        return pool

    def card(self, person_id: int, refusal: Refusal) -> Candidate:
        """A rejected candidate of this rule."""
        return Candidate(person_id, "rejected", refusal.reason, self.rule.id, refusal.detail)

    def chosen_card(self, person_id: int) -> Candidate:
        """The card of whoever this rule chose."""
        return Candidate(person_id, "chosen", self.way.chosen, self.rule.id)

    def _make_pool(self, refusals: Mapping[int, Refusal | None]) -> Pool:
        against = {person: self._standing(person, refusals[person]) for person in self.order}
        ends = [refusal.until for refusal in against.values() if refusal and refusal.until]
        return Pool(
            able=tuple(person for person, refusal in against.items() if refusal is None),
            cards=tuple(
                self.card(person, refusal)
                if refusal
                else Candidate(person, "eligible", self.way.passed_over, self.rule.id)
                for person, refusal in against.items()
            ),
            wakes_at=min(ends, default=None),
        )

    def _standing(self, person: int, refusal: Refusal | None) -> Refusal | None:
        if refusal is None and self.rule.strategy == "weighted" and self.weights[person] <= 0:
            return Refusal(reasons.WEIGHT_ZERO)
        return refusal


def _expand(rule: Rule, groups: Mapping[int, Group]) -> dict[int, int]:
    """The people of a rule's list with their weights; a group stands for its members, the first mention counts."""
    people: dict[int, int] = {}
    for target in rule.assign_to:
        if target.person_id is not None:
            people.setdefault(target.person_id, target.weight)
        group = groups.get(target.group_id) if target.group_id is not None else None
        for person in group.member_ids if group else ():
            people.setdefault(person, target.weight)
    return people
