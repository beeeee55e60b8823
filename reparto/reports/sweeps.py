"""
Sweeps in a world that a replay lives through: which contacts are late at which instant, by the law of the real ones.

It goes from one instant at which something becomes late, or is tried again, to the next. It decides nothing: whoever
replays is given what is late at a look, and says what was decided of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from reparto.assignment.halt_sweep import is_mass
from reparto.assignment.is_late import is_late, quiet_since, rests
from reparto.assignment.read_limits import Limit, pool_of
from reparto.assignment.take_late import Late
from reparto.assignment.turn_round import turn_round
from reparto.engine import Agent, Decision, Group, Leaf, Rule, Window, WorkItem, leaves_of, parse_filter

from .clocks import Clocks
from .entry import Entry, rests_of
from .live_on import live_on
from .read_entries import CLOSED, CREATED, FOLLOWED, GIVEN, GONE, Done, PastContacts
from .rhythm import Rhythm

#: What is late, but not by its filters, is looked at again so often, if these ask how long ago something was.
FILTERED_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """When something that waits is tried: at an instant, and from then on so far apart."""

    since: datetime
    apart: timedelta

    def first(self, at: datetime) -> datetime:
        """Return the first that is not before an instant."""
        return self.since + max(-((self.since - at) // self.apart), 1) * self.apart


class Sweeps:
    """What is late, and when somebody looks."""

    def __init__(
        self, past: PastContacts, rules: Sequence[Rule], clocks: Clocks, *, until: datetime, rhythm: Rhythm
    ) -> None:
        """Begin before anything was done."""
        self.entries, self.until = past.entries, until
        self.looks = self.asks = self.most_asked = self.ended = 0
        self.hands: list[int] = []  #: contacts that somebody gave by hand, until whoever replays has heard of it
        self._done, self._next = past.done, 0
        self._rules, self._clocks, self._rhythm = tuple(rules), clocks, rhythm
        self._filters_age = any(_ages(rule) for rule in rules)
        self._now = past.done[0][0] if past.done else until
        self._plans: list[tuple[datetime, int]] = []  #: when which contact is looked at next, soonest first
        self._due: dict[int, datetime] = {}  #: late, and since when that is known, soonest first
        self._resting: set[int] = set()
        self._asleep: dict[int, Tries] = {}  #: tried in vain, and nothing has changed since
        self._pools: Mapping[int, tuple[str, ...]] = {}
        self._here: set[int] = set()
        self._spans = 0

    def pass_time(self, to: datetime, *, whole: bool = False) -> Iterator[datetime]:
        """
        Let everything be done until an instant; yields each at which a sweep would have looked meanwhile.

        A look at the instant itself is left to whoever asks; `whole`: nothing is left.
        """
        while True:
            done = self._done[self._next][0] if self._next < len(self._done) else None
            plan = self._plans[0][0] if self._plans else None
            first = min((one for one in (done, plan) if one is not None), default=None)
            since = next(iter(self._due.values()), None)
            look = self._rhythm.first(since) if since is not None else None
            if look is not None and (first is None or first > look):
                if look > to or (look == to and not whole):
                    break
                yield max(self._now, look)
            elif first is None or first > to:
                break
            elif first == done:
                self._live(self._done[self._next])
            else:
                self._look_up(*heappop(self._plans))
        self._now = to

    def find(self, at: datetime, agents: Mapping[int, Agent], groups: Mapping[int, Group]) -> list[list[Late]]:
        """Return what is late at a look, rule by rule, in the order in which a sweep takes it."""
        self.meet(agents, groups, at)
        limits, number = self.limits(self._due, at), 0
        found: list[list[Late]] = [[] for _ in limits]
        for contact in sorted(self._due):
            place, late = self._late(self.entries[contact], limits, at)
            if late is not None:
                found[place].append(late)
                number += 1
        self._due.clear()
        if number:
            self.looks += 1
            self._count(number)
        return found

    def limits(self, contacts: Collection[int], at: datetime) -> tuple[Limit, ...]:
        """Return the limits of the rules at an instant, for the owners of some contacts."""
        owners = {self.entries[one].owner_id for one in contacts}
        return tuple(self._limit(rule, owners, at) for rule in self._rules)

    def settle(self, late: Late, decision: Decision, limits: Sequence[Limit], *, at: datetime) -> None:
        """Take up what was decided of what was late."""
        entry = self.entries[late.item.contact_id]
        turn = turn_round(late, decision, limits, at=at)
        entry.unmatched = turn is None
        if turn is not None:
            self.ended += turn.state == "ended" and not late.had_ended
            entry.turn, entry.turned_at = turn, at
        if decision.outcome == "assigned":
            entry.give(decision.owner_id, at=at, span=late.decision_id)
            if late.item.carried:
                self.stir(at, soonest=at + self._rhythm.apart)  # whoever had it has room
        elif turn is not None and turn.next_try_at is not None and turn.next_try_at > at:
            self._sleep(entry, Tries(at, turn.next_try_at - at), _wakes_at(decision), at)
        self._plan(entry, at, soonest=at + self._rhythm.apart)

    def stir(self, at: datetime, *, soonest: datetime | None = None, at_once: bool = False) -> None:
        """Let what waits be tried again, when its next try comes or at once: somebody may have become able."""
        for contact in list(self._asleep):
            self._wake(contact, at, soonest=soonest or at, at_once=at_once)

    def _wake(self, contact: int, at: datetime, *, soonest: datetime, at_once: bool = False) -> None:
        tries = self._asleep.pop(contact, None)
        if tries is not None:
            self._plan_at(self.entries[contact], at if at_once else max(tries.first(at), soonest))

    def _sleep(self, entry: Entry, tries: "Tries", wakes_at: datetime | None, at: datetime) -> None:
        """A real sweep tries in vain every few minutes; here it is not tried while that is known."""
        next_try = at + tries.apart
        if wakes_at is not None and wakes_at <= next_try:
            return
        self._asleep[entry.id] = tries
        if wakes_at is not None:
            self._plan_at(entry, tries.first(wakes_at))

    def gave(self, contact_id: int, owner_id: int | None, *, at: datetime) -> None:
        """Take up that the desk would have given a contact to somebody."""
        entry = self.entries.get(contact_id)
        if entry is not None:
            entry.give(owner_id, at=at, span=self._new_span())
            self._plan(entry, at)

    def _new_span(self) -> int:
        """Numbers below nothing are no decision's."""
        self._spans -= 1
        return self._spans

    def _count(self, found: int) -> None:
        if is_mass(found, len(self._here)):
            self.asks, self.most_asked = self.asks + 1, max(self.most_asked, found)

    def _live(self, done: Done) -> None:
        at, contact, what, _ = done
        self._next += 1
        entry = self.entries[contact]
        if what == GONE:
            self._here.discard(contact)
            self._due.pop(contact, None)
            return
        if what == CLOSED:
            # What follows it may have been what nobody could take.
            self._wake(contact, at, soonest=at)
            return
        if what == CREATED:
            self._here.add(contact)
        live_on(entry, done, span=self._new_span)
        if what == GIVEN:
            self.hands.append(contact)
        self._resting.discard(contact)
        self._asleep.pop(contact, None)
        # What is done lets it become late later, and then it is asked anew.
        if what != FOLLOWED or entry.planned is None:
            self._plan(entry, at)

    def _look_up(self, at: datetime, contact: int) -> None:
        entry = self.entries[contact]
        if entry.planned != at or contact not in self._here:
            return  # it was planned anew
        entry.planned = None
        self._asleep.pop(contact, None)
        limits = self.limits((contact,), at)
        if any(one.rule.entity == entry.kind and is_late(one, entry.touched()) for one in limits):
            self._due.setdefault(contact, at)
        else:
            self._plan(entry, at)

    def _late(self, entry: Entry, limits: Sequence[Limit], at: datetime) -> tuple[int, Late | None]:
        """As `take_late` has it: by which of the rules that do not leave it alone it is found first, and its round."""
        due = [one for one in limits if one.rule.entity == entry.kind and is_late(one, entry.touched())]
        turn = entry.standing()
        waits = turn is not None and turn.next_try_at is not None and turn.next_try_at > at
        open_ = [] if waits else [one for one in due if turn is None or not rests(one, rests_of(turn))]
        if not open_:
            self._plan(entry, at, soonest=at + self._rhythm.apart)
            return 0, None
        item = WorkItem(
            id=-entry.id,
            contact_id=entry.id,
            owner_id=entry.owner_id,
            campaign_id=entry.campaign_id,
            entity="client" if entry.kind == "client" else "prospect",
            due_rule_ids=tuple(one.rule.id for one in due),
            missed_ids=turn.missed_ids if turn else (),
        )
        late = Late(
            item,
            decision_id=self._new_span(),
            held_decision_id=entry.span,
            number=turn.number if turn else 1,
            missed_ids=item.missed_ids,
            had_ended=turn is not None and turn.state == "ended",
        )
        return limits.index(open_[0]), late

    def _limit(self, rule: Rule, owners: Collection[int | None], at: datetime) -> Limit:
        assert rule.after is not None  # noqa: S101  # `time_rules` lets no other through
        starts = {one: self._clocks.start(rule.after, one, at=at) for one in {None, *owners}}
        anybody = starts.pop(None)
        by_owner = {one: start for one, start in starts.items() if one is not None}
        return Limit(rule, max([anybody, *by_owner.values()]), anybody, by_owner, self._pools.get(rule.id, ()))

    def _plan(self, entry: Entry, at: datetime, *, soonest: datetime | None = None) -> None:
        """Say when to look at a contact next: nothing is, or when it becomes late, or is tried again."""
        times = [when for rule in self._rules if (when := self._when(entry, rule, at)) is not None]
        if not times or entry.id not in self._here:
            return
        self._plan_at(entry, max(min(times), soonest or at))

    def _plan_at(self, entry: Entry, when: datetime) -> None:
        if entry.planned is None or when < entry.planned:
            entry.planned = when
            heappush(self._plans, (when, entry.id))

    def _when(self, entry: Entry, rule: Rule, at: datetime) -> datetime | None:
        """When it is late for a rule, and not left alone by it; None: not before something happens."""
        due = self._due_at(entry, rule, at)
        if due is None or due > at:
            return due
        turn = entry.standing()
        if turn is not None and turn.next_try_at is not None:
            return None if entry.id in self._asleep else max(at, turn.next_try_at)
        if entry.unmatched:
            return at + FILTERED_AGAIN if self._filters_age else None
        if turn is None or not rests(Limit(rule, at, at, pool=self._pools.get(rule.id, ())), rests_of(turn)):
            return at
        self._resting.add(entry.id)
        return None

    def _due_at(self, entry: Entry, rule: Rule, at: datetime) -> datetime | None:
        if rule.after is None or not _is_for(rule, entry):
            return None
        quiet = quiet_since(rule.trigger, entry.touched())
        if quiet is None:
            return None
        due = self._clocks.due(rule.after, entry.owner_id, quiet, since=at, until=self.until)
        return due if due <= self.until else None

    def meet(self, agents: Mapping[int, Agent], groups: Mapping[int, Group], at: datetime) -> None:
        """Take up who is there: contacts rest no more that could go to whoever came to a rule's people."""
        pools = {rule.id: pool_of(rule, agents, groups) for rule in self._rules}
        if pools != self._pools:
            self._pools, resting = pools, self._resting
            self._resting = set()
            for contact in resting:
                self._plan(self.entries[contact], at)


def _is_for(rule: Rule, entry: Entry) -> bool:
    return rule.entity == entry.kind and (rule.trigger != "no_sales" or rule.entity == "client")


def _ages(rule: Rule) -> bool:
    """Whether its filters hold at one time and not at another, though nobody does anything."""
    return any(isinstance(one, Leaf) and isinstance(one.value, Window) for one in leaves_of(parse_filter(rule.filters)))


def _wakes_at(decision: Decision) -> datetime | None:
    """When the first of those who cannot take it now can, as far as that is known."""
    untils = (one.detail.get("until") for one in decision.candidates if one.verdict == "rejected")
    return min((datetime.fromisoformat(one) for one in untils if one), default=None)
