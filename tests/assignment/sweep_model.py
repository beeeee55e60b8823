"""
What a sweep must do, said plainly: contacts with their dates, and who may be moved when. No database, no engine.

The law is that of docs/decisions/0007: the time runs from whatever is latest, what was done or the owner's span.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from reparto.assignment.halt_sweep import FEW, HOLDS, PART
from reparto.assignment.turn_round import MOST_ROUNDS
from reparto.kit.clock import TOO_FAR

#: The engine's, where the organization has set nothing else.
RETRY = timedelta(seconds=300)


@dataclass(frozen=True)
class Waits:
    """A rule that waits for a time."""

    id: int
    trigger: str
    after: timedelta
    active: bool = True

    @property
    def entity(self) -> str:
        """Whom it is for."""
        return "client" if self.trigger == "no_sales" else "prospect"


@dataclass(frozen=True)
class Turn:
    """How the round of a contact stands."""

    number: int
    missed: tuple[int, ...]
    at: datetime
    span: int
    state: str
    next_try: datetime | None = None
    rules: frozenset[int] = frozenset()  #: that leave it alone: all their people had it


@dataclass
class Entry:
    """A contact."""

    created: datetime
    kind: str = "prospect"
    owner: int | None = None
    span: int = 0  #: the number of its owner's span; 0: nobody has it
    since: datetime | None = None  #: when that span began
    free: datetime | None = None  #: no span begins before
    followed: datetime | None = None
    sales: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)  #: sale → agreed, recorded
    turn: Turn | None = None
    moving: frozenset[int] = frozenset()  #: who may have been given it by the sweep that goes on

    def quiet_since(self, trigger: str) -> datetime | None:
        """Since when the time of a rule runs; None: the rule is not for it."""
        if trigger == "no_first_followup":
            first = self.followed is None or self.since is None or self.followed < self.since
            return self.since if first else None
        agreed = [at for at, _ in self.sales.values()]
        done = max(agreed, default=None) if trigger == "no_sales" else self.followed
        if self.since is None:
            return done or self.created
        came_with_it = self.since <= self.created
        return done if done and came_with_it else max(self.since, done or self.since)

    def is_late(self, rule: Waits, *, at: datetime) -> bool:
        """Say whether it has been quiet for as long as a rule says."""
        since = self.quiet_since(rule.trigger) if rule.entity == self.kind else None
        return since is not None and since <= at - rule.after

    def standing(self) -> Turn | None:
        """Return its round, unless somebody has acted since."""
        turn = self.turn
        if turn is None or turn.span != self.span or (self.followed and self.followed >= turn.at):
            return None
        return None if any(recorded >= turn.at for _, recorded in self.sales.values()) else turn

    def rests(self, rule: Waits, at: datetime) -> bool:
        """Say whether a rule leaves it alone for now."""
        turn = self.standing()
        if turn is None or turn.next_try is None:
            return turn is not None and rule.id in turn.rules
        return at < turn.next_try <= at + TOO_FAR


@dataclass
class Model:
    """A company."""

    people: dict[int, bool]  #: person → available; every rule is for all of them
    rules: list[Waits] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    halt: tuple[str, int] | None = None  #: asks or goes_on, and how many it found or may move
    answered_at: datetime | None = None
    version: int = 0
    spans: int = 0

    def give(self, entry: Entry, owner: int | None, *, at: datetime) -> None:
        """Let a contact go to somebody, or to nobody; spans never overlap, whatever clocks say."""
        if owner != entry.owner:
            self._begin_span(entry, at=at, somebody=owner is not None)
            entry.owner = owner

    def _begin_span(self, entry: Entry, *, at: datetime, somebody: bool) -> None:
        begins = max(one for one in (at, entry.free, entry.since) if one)
        if entry.since:
            entry.free = begins
        self.spans += somebody
        entry.span, entry.since = (self.spans, begins) if somebody else (0, None)

    def is_mass(self, at: datetime) -> bool:
        """Say whether a sweep would ask, because so much is late."""
        look = Look(self, [one for one in self.rules if one.active], at)
        several = {id(entry) for rule in look.rules for entry in look.found(rule, at=at)}
        return len(several) > max(FEW, PART * len(self.entries))

    def look(self, at: datetime) -> "Look | None":
        """Begin a sweep; None when it stops, for there is nothing or too much to move."""
        look = Look(self, [one for one in self.rules if one.active], at)
        found = [look.found(rule, at=at) for rule in look.rules]
        if sum(min(len(one), FEW + 1) for one in found) <= FEW:
            self.end_halt(at)
            return look if any(found) else None
        several = {id(entry) for one in found for entry in one}
        if len(several) <= max(FEW, PART * len(self.entries)):
            self.end_halt(at)
        elif self.halt is None or self.halt[0] == "asks" or self.halt[1] < len(several) or self._lapsed(at):
            self.halt = ("asks", len(several))
            return None
        return look

    def end_halt(self, at: datetime) -> None:
        """End a question, and an answer of which nothing is left, or that is a day old."""
        if self.halt and (self.halt[0] == "asks" or not self.halt[1] or self._lapsed(at)):
            self.halt = None

    def _lapsed(self, at: datetime) -> bool:
        return self.answered_at is not None and self.answered_at <= at - HOLDS


@dataclass
class Look:
    """A sweep that goes on, parcel by parcel: one of what each rule is for."""

    model: Model
    rules: list[Waits]
    began: datetime
    moved: int = 0
    spared: int = 0  #: found late, and not late any more when it came to moving
    over: bool = False

    def __post_init__(self) -> None:
        """Remember by which rules it finds."""
        self.version = self.model.version

    def found(self, rule: Waits, *, at: datetime) -> list[Entry]:
        """What a rule is for just now."""
        every = self.model.entries.values()
        return [one for one in every if one.is_late(rule, at=self.began) and not one.rests(rule, at)]

    def parcels(self, at: datetime) -> Iterator[list[Entry]]:
        """Find what each rule is for, when the parcel before it has been settled."""
        for rule in self.rules:
            found = self.found(rule, at=at)
            if found and not self.over:
                yield found

    def settle(self, parcel: list[Entry], *, at: datetime) -> None:
        """Move what is late still, unless other rules are in force by now."""
        late = [one for one in parcel if any(self._is_due(one, rule, at) for rule in self.rules)]
        self.spared += len(parcel) - len(late)
        if late and self.version != self.model.version:
            self.over = True
            return
        before = self.moved
        for one in late:
            self._settle(one, at)
        if self.model.halt:
            self.model.halt = "goes_on", max(self.model.halt[1] - (self.moved - before), 0)

    def _is_due(self, entry: Entry, rule: Waits, at: datetime) -> bool:
        return entry.is_late(rule, at=self.began) and not entry.rests(rule, at)

    def _settle(self, entry: Entry, at: datetime) -> None:
        turn = entry.standing()
        number, missed = (turn.number, turn.missed) if turn else (1, ())
        had = (*missed, *([] if entry.owner is None else [entry.owner]))
        left = self.model.people.keys() - set(had)
        able = frozenset(one for one in left if self.model.people[one])
        if able:
            self.model._begin_span(entry, at=at, somebody=True)
            entry.moving, self.moved = able, self.moved + 1
            entry.turn = Turn(number, tuple(dict.fromkeys(had)), at, entry.span, "moved")
            return
        stays = Turn(number, missed, at, entry.span, "waits")
        if left:
            entry.turn = replace(stays, next_try=at + RETRY)
        elif not missed or number >= MOST_ROUNDS:
            late = frozenset(rule.id for rule in self.rules if entry.is_late(rule, at=self.began))
            entry.turn = replace(stays, state="ended", rules=late)
        else:
            entry.turn = replace(stays, number=number + 1, missed=(), next_try=at)
