"""
Decide again, by other rules, what waited in the past: sitting after sitting, in the order of time, by the engine.

It holds little: what would be otherwise, and what still waits. It reads nothing and writes nothing.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heappop, heappush

from reparto.assignment.read_sittings import Past
from reparto.engine import (
    Agent,
    Decision,
    Facts,
    Group,
    RuleSet,
    Snapshot,
    WorkItem,
    decide,
    fold_country,
    leaves_of,
    parse_filter,
    thaw_cursor,
    thaw_item,
)

from .bench import Bench
from .groups_above import groups_above
from .line import Line
from .other_world import OtherWorld, talk_of
from .pairs import Pair, Said

#: As many of those who wait are tried again at one sitting, the oldest first: as many as the desk itself takes.
TRIED_AGAIN = 500

#: More than a sweep looks at together.
MOST_LATE = 1_000_000

#: (instant, contact, conversation or None): given by hand, or closed.
type End = tuple[datetime, int, int | None]


@dataclass(frozen=True, slots=True)
class Around:
    """What is read beside a page of sittings."""

    facts: Mapping[int, Facts] = field(default_factory=dict)  #: today's as nobody's, where its own were not kept
    closings: Mapping[int, datetime] = field(default_factory=dict)  #: by `talk_of`
    hands: Sequence[End] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One decision of the other rules, and how the people stood who were asked."""

    item: WorkItem
    decision: Decision
    since: datetime  #: when it was first looked at
    agents: Mapping[int, Agent]


class Replay:
    """One replay on its way."""

    def __init__(self, rule_set: RuleSet) -> None:
        """Begin before the first sitting."""
        self.rule_set = rule_set
        fields = {leaf.field for rule in rule_set.rules for leaf in leaves_of(parse_filter(rule.filters))}
        self.asks_facts, self.asks_tags = bool(fields), "tags" in fields
        self.world, self.line = OtherWorld(), Line()
        self.pairs: dict[int, Pair] = {}  #: not settled yet; what is not here is new, or over
        self.ends: list[tuple[datetime, int, int]] = []  #: when what is otherwise ends, soonest first
        self.begun = False
        self.bench = Bench()

    def take(self, past: Past, around: Around) -> tuple[list[Seen], list[Pair]]:
        """Decide one sitting again; return what was decided, and every pair of which something new is known."""
        self.begin(past)
        ended = self.let_go(past.at)
        self.bench.turn_to(past.shared)
        agents = self.world.agents(self.bench.agents, at=past.at)
        then = {item.id: item for item in self.thaw(past, around.facts)}
        # What the desk took up again, it was woken for; here others wait for the same news.
        woken = ended or self.bench.moved or any(number in self.pairs for number in then)
        waiting = self.line.due(past.at, woken=woken, limit=TRIED_AGAIN)
        came = [then.get(item.id, item) for item in waiting] + self._new(then.values(), past.at)
        came.sort(key=_place)
        items = [self.world.item(item, self.bench.groups, fresh=item.id in then) for item in came]
        decisions = decide(self.snapshot(items, agents, at=past.at)) if items else ()
        seen = []
        for item, would, decision in zip(came, items, decisions, strict=True):
            self._would(item, would, decision, past.at)
            seen.append(Seen(would, decision, self.pairs[item.id].since, agents))
        for place, item in enumerate(then.values()):
            self._happened(item, past, place)
        touched = {item.id: item for item in came} | then
        self.end_later(touched.values(), around.closings)
        return seen, self._settle(touched)

    def hear_of(self, hands: Iterable[End]) -> None:
        """Let it end, when its time comes, that something waits or is otherwise which somebody gave by hand."""
        for at, contact, talk in hands:
            heappush(self.ends, (at, contact, talk or 0))

    def begin(self, past: Past) -> None:
        """Let turns stand where they stood at the first sitting; nothing is done at the others."""
        if self.begun:
            return
        self.begun, stood = True, past.shared.get("cursors", {})
        self.world.cursors = {
            rule.id: thaw_cursor(stood[str(rule.id)]) for rule in self.rule_set.rules if str(rule.id) in stood
        }

    def let_go(self, at: datetime) -> bool:
        """Let end what was closed or given by hand until now; say whether anything was."""
        ended = False
        while self.ends and self.ends[0][0] <= at:
            _, contact, talk = heappop(self.ends)
            self.line.leave(contact, talk)
            ended = True
            if talk:
                self.world.let_go(talk)
        return ended

    def thaw(self, past: Past, facts: Mapping[int, Facts]) -> Iterator[WorkItem]:
        """Return the items of a sitting as they were then."""
        for place, frozen in enumerate(past.items):
            item = thaw_item(frozen)
            if item.due_rule_ids:
                # Each look of a sweep is one of its own, however often a contact is late.
                item = replace(item, id=-(past.id * MOST_LATE + place))
            country = item.facts.get("country")
            if isinstance(country, str):
                # Before it was one value, it was kept as it was written.
                item = replace(item, facts={**item.facts, "country": fold_country(country)})
            yield (
                item
                if item.facts or not self.asks_facts
                else replace(item, facts=_then(item, facts, self.bench.groups))
            )

    def _new(self, then: Iterable[WorkItem], at: datetime) -> list[WorkItem]:
        """What is seen for the first time, or waits on although it seemed to be over."""
        found = []
        for item in then:
            known = self.pairs.get(item.id)
            if known is None:
                self.pairs[item.id] = Pair(item.id, item.contact_id, item.conversation_id, at, item.owner_id)
            if known is None or (known.waits and item.id not in self.line):
                found.append(item)
        return found

    def snapshot(self, items: Sequence[WorkItem], agents: Mapping[int, Agent], *, at: datetime) -> Snapshot:
        """Return what the engine is told at an instant."""
        return Snapshot(
            at=at,
            items=tuple(items),
            agents=agents,
            groups=self.bench.groups,
            rule_set=self.rule_set,
            cursors=self.world.cursors,
            figures=self.bench.figures,
            policy=self.bench.policy,
        )

    def _would(self, item: WorkItem, would: WorkItem, decision: Decision, at: datetime) -> None:
        self.world.would(would, decision, at=at, tagged=self.asks_tags)
        outcome = _outcome(item, decision)
        if outcome == "queued":
            self.line.wait(item, decision.next_try_at or at)
        elif outcome == "assigned" or not item.due_rule_ids:
            self.line.leave(item.contact_id, item.conversation_id or 0)
        said = Said(outcome, at, decision.person_ids, decision.group_ids, decision.owner_id, decision.rule_id)
        self.pairs[item.id] = self.pairs[item.id].with_said(would=said)

    def _happened(self, item: WorkItem, past: Past, place: int) -> None:
        answer = past.answers.get(place)
        if answer is not None:
            people, groups = answer.person_ids, answer.group_ids
            said = Said(answer.outcome, past.at, people, groups, answer.owner_id, answer.rule_id)
            self.world.happened(item, said)
        elif self.pairs[item.id].happened is None and _was_kept(item):
            said = Said("stays", past.at)
        else:
            return  # it waited on, for the reason that is known
        self.pairs[item.id] = self.pairs[item.id].with_said(happened=said)

    def end_later(self, touched: Iterable[WorkItem], closings: Mapping[int, datetime]) -> None:
        """Let what is otherwise of these end when they were closed."""
        for item in touched:
            self.world.forget_equal(item)
            talk = talk_of(item)
            if talk in closings and (item.id in self.line or self.world.differs(talk)):
                heappush(self.ends, (closings[talk], item.contact_id, talk))

    def _settle(self, touched: Iterable[int]) -> list[Pair]:
        found = [self.pairs[number] for number in touched]
        for pair in found:
            if pair.settled:
                del self.pairs[pair.item_id]
        return found


def _then(item: WorkItem, facts: Mapping[int, Facts], groups: Mapping[int, Group]) -> Facts:
    """Today's facts of a contact, read as nobody's, but for what the item knows of that moment."""
    known = facts.get(item.contact_id, {})
    free = item.owner_id is None
    groups_then = known.get("groups", frozenset()) if free else groups_above(item.owner_id, groups)
    return {**known, "owner": item.owner_id, "groups": groups_then, "campaign": item.campaign_id, "kind": item.entity}


def _place(item: WorkItem) -> int:
    """As they came in line, then those of a sweep, which stay in the order in which it took them."""
    return sys.maxsize if item.due_rule_ids else item.id


def _outcome(item: WorkItem, decision: Decision) -> str:
    """What a sweep does not give away stays as it is: it is not in line, and the next sweep looks at it anew."""
    return "stays" if item.due_rule_ids and decision.outcome != "assigned" else decision.outcome


def _was_kept(item: WorkItem) -> bool:
    """Whether no decision means that it stayed with whoever had it."""
    if item.due_rule_ids:
        return True
    if item.conversation_id is None:
        return item.owner_id is not None
    return bool(item.assignee_ids or item.assignee_group_ids)
