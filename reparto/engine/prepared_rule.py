"""
A rule made ready for a sitting: its filter read, its list expanded, its pools kept. Pure.

What the items of a sitting share is worked out once here; nothing here moves as they are decided.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

from reparto.engine import reasons
from reparto.engine.eligibility import Ask, Refusal
from reparto.engine.faults import BadFilter
from reparto.engine.filters import parse_filter
from reparto.engine.judge import Judge, prepare_judge
from reparto.engine.nodes import Node
from reparto.engine.shapes import Candidate, Filter, Group, Rule, Step, WorkItem
from reparto.engine.strategies import STRATEGIES

_WEIGHT_ZERO: Final = Refusal(reasons.WEIGHT_ZERO)

_NODES: Final[dict[tuple[int, bool], tuple[Filter, Node]]] = {}
_NODES_LIMIT: Final = 5000


class Pool(NamedTuple):
    """A rule's people for one ask: those who can receive but for room, and a card for each of the list."""

    able: tuple[int, ...]
    cards: tuple[Candidate, ...]  #: in the order of the list: rejected with the reason, or eligible
    wakes_at: datetime | None  #: the earliest moment at which a standing refusal is known to end
    elsewhere: tuple[int, ...]  #: those who cannot under this ask, and may under others


class PreparedRule:
    """A rule of the running sitting."""

    def __init__(self, rule: Rule, groups: Mapping[int, Group], *, at: datetime, countries: bool = True) -> None:
        """Read the filter; a filter that cannot be read makes a rule that never matches."""
        self.rule, self._groups = rule, groups
        self.way = STRATEGIES[rule.strategy]
        self.judge: Judge | None = None
        with suppress(BadFilter):
            self.judge = prepare_judge(_read(rule.filters, countries=countries), at=at)
        self.notes: dict[str, Any] = {}
        self._pools: dict[Ask, Pool] = {}
        self._steps: dict[tuple[object, ...], Step] = {}
        self._cards: dict[tuple[int, int], tuple[Refusal, Candidate]] = {}
        self._chosen: dict[tuple[object, ...], tuple[Candidate, ...]] = {}

    # The list is expanded when the rule first matches; most rules of a sitting never do.
    @cached_property
    def weights(self) -> dict[int, int]:
        """The people of the list in the chosen order, with their weights."""
        return _expand(self.rule, self._groups)

    @cached_property
    def threshold(self) -> Mapping[str, Any]:
        """What a time-based rule says in the trace besides (EC-62): how long it waited, and by which clock."""
        return {"trigger": self.rule.trigger, "after": asdict(self.rule.after)} if self.rule.after else {}

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The people of the list in the chosen order."""
        return tuple(self.weights)

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each person in the chosen order, from 0."""
        return {person: place for place, person in enumerate(self.order)}

    def mismatch(self, item: WorkItem, trace: list[Mapping[str, Any]]) -> str | None:
        """The first reason why the rule is not for this item; None when it matches."""
        if not self.rule.active:
            return reasons.RULE_INACTIVE
        untriggered = self._untriggered(item)
        if untriggered is not None:
            return untriggered
        if self.rule.entity != item.entity:
            return reasons.OTHER_ENTITY
        if self.judge is None:
            return reasons.FAULTY_FILTER
        return None if self.judge(item.facts, trace) else reasons.FILTER_NOT_MET

    def _untriggered(self, item: WorkItem) -> str | None:
        if (self.rule.trigger == "web_integration") is bool(item.due_rule_ids):
            return reasons.OTHER_TRIGGER
        if item.due_rule_ids:
            return None if self.rule.id in item.due_rule_ids else reasons.NOT_DUE
        return None if item.arrived_by_itself else reasons.TYPED_IN_BY_HAND

    def step(self, verdict: Any, reason: str, trace: Sequence[Mapping[str, Any]], detail: Any = None) -> Step:
        """A step of the trace about this rule; equal ones are one object, so that the store keeps them once."""
        rule = self.rule
        if detail:
            return Step("rule", verdict, reason, rule.id, rule.position, rule.description, tuple(trace), detail)
        # The judge keeps its answers for the sitting, so their identities say which they are.
        key = (reason, *map(id, trace))
        step = self._steps.get(key)
        if step is None:
            step = Step("rule", verdict, reason, rule.id, rule.position, rule.description, tuple(trace))
            self._steps[key] = step
        return step

    def pool(self, ask: Ask, refusals: Mapping[int, Refusal | None]) -> Pool:
        """The rule's people under an ask, from the sitting's refusals."""
        pool = self._pools.get(ask)
        if pool is None:
            pool = self._pools[ask] = self._make_pool(refusals)
        return pool

    def cards(self, pool: Pool, chosen: int | None, full: Mapping[int, Refusal]) -> tuple[Candidate, ...]:
        """
        The cards of everybody on the list: one may be chosen, some refused for this item only.

        Equal ones are one object, so that the store keeps them once: a sweep refuses each owner what they missed.
        """
        key = (id(pool), chosen, *((person, id(refusal)) for person, refusal in full.items()))
        known = self._chosen.get(key)
        if known is None:
            cards = list(pool.cards)
            for person, refusal in full.items():
                cards[self.places[person]] = self._card(person, refusal)
            if chosen is not None:
                cards[self.places[chosen]] = Candidate(chosen, "chosen", self.way.chosen, self.rule.id)
            known = self._chosen[key] = tuple(cards)
        return known

    def _card(self, person: int, refusal: Refusal) -> Candidate:
        known = self._cards.get((person, id(refusal)))
        if known is None:
            card = Candidate(person, "rejected", refusal.reason, self.rule.id, refusal.detail)
            known = self._cards[person, id(refusal)] = refusal, card
        return known[1]

    def _make_pool(self, refusals: Mapping[int, Refusal | None]) -> Pool:
        against = {person: self._standing(person, refusals[person]) for person in self.order}
        ends = [refusal.until for refusal in against.values() if refusal and refusal.until]
        return Pool(
            able=tuple(person for person, refusal in against.items() if refusal is None),
            cards=tuple(
                self._card(person, refusal)
                if refusal
                else Candidate(person, "eligible", self.way.passed_over, self.rule.id)
                for person, refusal in against.items()
            ),
            wakes_at=min(ends, default=None),
            elsewhere=tuple(
                person for person, refusal in against.items() if refusal and refusal.reason in reasons.FOR_THIS_KIND
            ),
        )

    def _standing(self, person: int, refusal: Refusal | None) -> Refusal | None:
        if refusal is None and self.rule.strategy == "weighted" and self.weights[person] <= 0:
            return _WEIGHT_ZERO
        return refusal


def _read(filters: Filter, *, countries: bool) -> Node:
    """The nodes of a rule's filter; a rule set that is kept for its version is read once."""
    key = id(filters), countries
    known = _NODES.get(key)
    if known is None:
        if len(_NODES) >= _NODES_LIMIT:
            _NODES.clear()
        # The filter stays beside its nodes, so that its identity is not given to another one.
        known = _NODES[key] = filters, parse_filter(filters, countries=countries)
    return known[1]


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
