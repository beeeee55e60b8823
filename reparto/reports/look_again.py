"""
Sweeps on the way of a replay: at each look the engine decides what is late, and what real sweeps did is set beside it.

Between two sittings people are as the last one left them. It writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heappush

from reparto.assignment.read_bench import read_bench
from reparto.assignment.read_sittings import Past
from reparto.assignment.sweep_late import Pace
from reparto.assignment.take_late import Late
from reparto.contacts.read_facts import read_facts
from reparto.conversations.read_answers import read_opened
from reparto.conversations.read_closings import read_last_closings
from reparto.engine import Agent, Carried, Decision, Facts, WorkItem, decide

from .as_given import Sat
from .count_replay import Figures, Swept
from .groups_above import groups_above
from .moves import Moves
from .pairs import Pair, Said
from .replay import Around, Replay, Seen
from .sweeps import Sweeps


@dataclass(slots=True)
class Looks:
    """The sweeps of one replay."""

    replay: Replay
    sweeps: Sweeps
    figures: Figures
    moves: Moves = field(default_factory=Moves)
    people_of_today: bool = False

    def before(self, at: datetime, *, whole: bool = False) -> Iterator[list[Pair]]:
        """Let time pass until an instant; yields what is new after each look."""
        for moment in self.sweeps.pass_time(at, whole=whole):
            agents = self.replay.bench.at(moment)
            touched = self._look(moment, agents, {})
            self.figures.news(touched, moment, agents=agents)
            yield touched

    def beside(self, past: Past, around: Around) -> list[Pair]:
        """A real sweep looked here, so this one does; return what is new."""
        bench = self.replay.bench
        bench.turn_to(past.shared)
        self._welcome(past.at, at_once=True)
        for _ in self.sweeps.pass_time(past.at):
            pass  # what is tried now is left to this look
        then = list(self.replay.thaw(past, around.facts))
        touched = self._look(past.at, bench.agents, {item.contact_id: item for item in then})
        for place, item in enumerate(then):
            touched += self._happened(item, past, place)
            self.replay.end_later([item], around.closings)
        self.heard(past, then)
        self.figures.news(touched, past.at, agents=bench.agents)
        return touched

    def heard(self, past: Past, items: Sequence[WorkItem]) -> None:
        """A sitting is over: take up what it gave, and who was there."""
        self._welcome(past.at, at_once=False)
        answers = ((item, past.answers.get(place)) for place, item in enumerate(items))
        given = tuple((item, one.person_ids) for item, one in answers if one and one.outcome == "assigned")
        self.replay.bench.after(Sat(past.at, given))

    def _welcome(self, at: datetime, *, at_once: bool) -> None:
        """Somebody may be able who was not: what waits is tried again, as soon as a sweep would."""
        bench = self.replay.bench
        if bench.eased:
            bench.eased = False
            self.sweeps.meet(bench.agents, bench.groups, at)
            self.sweeps.stir(at, at_once=at_once)

    def begin_today(self) -> None:
        """Nobody sat in all the time: people are taken to have been as they are today."""
        bench = read_bench(at=self.sweeps.until)
        self.replay.begun = self.people_of_today = True
        self.replay.world.cursors = dict(bench.cursors)
        self.replay.bench.stand(bench.agents, bench.groups, bench.figures(self.replay.rule_set), bench.policy)

    def sum_up(self) -> Swept:
        """Return what the sweeps were."""
        sweeps = self.sweeps
        return Swept(sweeps.looks, sweeps.ended, sweeps.asks, sweeps.most_asked, self.people_of_today, len(self.moves))

    def gave(self, seen: Sequence[Seen], at: datetime) -> None:
        """The desk of the other rules gave contacts to people: their time begins."""
        for one in seen:
            if one.decision.owner_changed:
                self.sweeps.gave(one.item.contact_id, one.decision.owner_id, at=at)

    def obey_hands(self) -> None:
        """What somebody gave by hand is with whom it was given to, here as there."""
        for contact in self.sweeps.hands:
            self.replay.world.owners.pop(contact, None)
            self.replay.world.let_go(-contact)
        self.sweeps.hands.clear()

    def _look(self, at: datetime, agents: Mapping[int, Agent], told: Mapping[int, WorkItem]) -> list[Pair]:
        self.obey_hands()
        self.replay.let_go(at)
        late = self.sweeps.find(at, agents, self.replay.bench.groups)
        touched, pace = self.moves.settle(at), Pace()
        for parcel in pace.cut(late):
            touched += self._parcel(parcel, at, agents, told)
            pace.took(0)  # how long real ones took is not known
        return touched

    def _parcel(
        self, late: Sequence[Late], at: datetime, agents: Mapping[int, Agent], told: Mapping[int, WorkItem]
    ) -> list[Pair]:
        world, touched = self.replay.world, []
        items = [world.item(item, self.replay.bench.groups, fresh=False) for item in self._whole(late, at, told)]
        people = world.agents(agents, at=at)
        decisions = decide(self.replay.snapshot(items, people, at=at))
        limits = self.sweeps.limits([item.contact_id for item in items], at)
        self.figures.see([Seen(item, one, at, people) for item, one in zip(items, decisions, strict=True)])
        for one, item, decision in zip(late, items, decisions, strict=True):
            self.sweeps.settle(replace(one, item=item), decision, limits, at=at)
            if decision.outcome == "assigned":
                touched += self._moved(item, decision, at)
        self._end_later([item for item in items if item.carried], at)
        return touched

    def _moved(self, item: WorkItem, decision: Decision, at: datetime) -> list[Pair]:
        self.replay.world.would(item, decision, at=at, tagged=self.replay.asks_tags)
        self.replay.world.forget_equal(item)
        self.replay.line.leave(item.contact_id, 0)
        self.figures.move(decision.rule_id, decision.person_ids)
        said = Said("assigned", at, decision.person_ids, (), decision.owner_id, decision.rule_id)
        return self.moves.would(item.contact_id, said, owner_id=item.owner_id)

    def _happened(self, item: WorkItem, past: Past, place: int) -> list[Pair]:
        answer = past.answers.get(place)
        if answer is None or answer.outcome != "assigned":
            return []
        said = Said("assigned", past.at, answer.person_ids, (), answer.owner_id, answer.rule_id)
        self.replay.world.happened(item, said)
        self.replay.world.forget_equal(item)
        self.figures.move_then(answer.rule_id, answer.person_ids)
        return self.moves.happened(item.contact_id, said, owner_id=item.owner_id)

    def _whole(self, late: Sequence[Late], at: datetime, told: Mapping[int, WorkItem]) -> Iterator[WorkItem]:
        """Each with what follows it and what filters ask: as the real sweep was told, else as far as it is known."""
        unknown = [one.item.contact_id for one in late if one.item.contact_id not in told]
        carried = self._carried(late, at) if unknown else {}
        asked = [one for one in unknown if self.replay.asks_facts]
        facts = read_facts(asked, unowned=True) if asked else {}
        self.figures.facts_of_today += len(asked)
        for one in late:
            contact, then = one.item.contact_id, told.get(one.item.contact_id)
            follows = then.carried if then is not None else carried.get(contact, ())
            known = then.facts if then is not None else facts.get(contact, {})
            yield replace(one.item, carried=follows, facts=self._facts(one.item, known) if known else {})

    def _carried(self, late: Sequence[Late], at: datetime) -> dict[int, tuple[Carried, ...]]:
        """What was open then is taken to be worked by the owner."""
        owners = {one.item.contact_id: one.item.owner_id for one in late}
        found: dict[int, tuple[Carried, ...]] = {}
        for one in read_opened(owners, at=at):
            owner = owners[one.contact_id]
            people = () if owner is None else (owner,)
            follows = Carried(one.account_id, one.channel, one.effort, people)
            found[one.contact_id] = (*found.get(one.contact_id, ()), follows)
        return found

    def _facts(self, item: WorkItem, known: Facts) -> Facts:
        """Facts of today, or of the real sweep, but for what is known of the contact here."""
        above = groups_above(item.owner_id, self.replay.bench.groups)
        return {
            **known,
            "owner": item.owner_id,
            "groups": above if item.owner_id is not None or known.get("owner") is not None else known["groups"],
            "kind": item.entity,
            "last_follow_up": self.sweeps.entries[item.contact_id].followed_at,
        }

    def _end_later(self, items: Sequence[WorkItem], at: datetime) -> None:
        """What follows a contact weighs until nothing of it is open."""
        closed = read_last_closings([item.contact_id for item in items]) if items else {}
        for contact, moment in closed.items():
            if moment > at:
                heappush(self.replay.ends, (moment, contact, -contact))
