"""
Replay a period of real history through other rules: page after page of past sittings, decided again and counted.

It writes nothing. Whoever asks has entered the organization, and may stop between two pages.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from reparto.assignment.read_limits import time_rules
from reparto.assignment.read_sittings import Past, Period, find_period, read_hands, read_sittings
from reparto.assignment.read_sweeps import read_sweeps
from reparto.assignment.sweep_late import REST
from reparto.contacts.read_facts import read_facts
from reparto.conversations.read_closings import read_closings, read_last_closings
from reparto.engine import RuleSet
from reparto.people.read_calendars import read_calendars

from .clocks import Clocks
from .count_replay import KEPT, Figures
from .look_again import Looks
from .pairs import Pair
from .read_entries import read_entries
from .replay import Around, End, Replay
from .rhythm import Rhythm
from .sweeps import Sweeps

#: Sittings that are read at once: each has all people in it.
PAGE = 100


@dataclass(slots=True)
class History:
    """A period on its way through a replay."""

    replay: Replay
    period: Period
    figures: Figures = field(default_factory=Figures)
    until: datetime | None = None  #: up to where hands were read
    follows: bool = False  #: whether it goes on while things happen: what it has seen may be closed since
    looks: Looks | None = None  #: sweeps of the rules, where any of them waits for a time
    over: bool = False  #: whether they went on to the end of the period

    @property
    def done(self) -> bool:
        """Whether the whole period went through."""
        return self.period.after >= self.period.last and (self.looks is None or self.over)


def begin_history(
    rule_set: RuleSet,
    *,
    since: datetime,
    until: datetime,
    at: datetime | None = None,
    look: timedelta = REST,
    kept: int = KEPT,
) -> History:
    """
    Return a history that has not begun.

    `at`: now, beyond which nothing is replayed; `look`: between two looks of the real sweeps; `kept`: differences.
    """
    history = History(Replay(rule_set), find_period(since, until), Figures(kept=kept))
    rules = time_rules(rule_set)
    if rules:
        last = min(until, at) if at is not None else until
        rhythm = Rhythm(read_sweeps(since, last), since=since, apart=look)
        sweeps = Sweeps(read_entries(since, last), rules, Clocks(read_calendars()), until=last, rhythm=rhythm)
        history.looks = Looks(history.replay, sweeps, history.figures)
    return history


def replay_history(
    rule_set: RuleSet, *, since: datetime, until: datetime, at: datetime | None = None, look: timedelta = REST
) -> Figures:
    """Replay a whole period at once; see `begin_history`."""
    history = begin_history(rule_set, since=since, until=until, at=at, look=look)
    while not history.done:
        for _ in replay_page(history):
            pass
    return end_history(history)


def replay_page(history: History) -> Iterator[list[Pair]]:
    """Replay the next page; yields what is new after each sitting and each look, so that others can breathe between."""
    page = read_sittings(history.period, limit=PAGE)
    if not page:
        yield from _go_on(history)
        return
    around = _around(history, page)
    history.replay.hear_of(around.hands)
    if history.follows:
        history.replay.hear_of(_closed_since(history))
    for past in page:
        yield from _look_before(history, past)
        yield _take(history, past, around)
        history.figures.sittings += 1
    history.period, history.until = replace(history.period, after=page[-1].id), page[-1].at


def end_history(history: History, *, goes_on: bool = False) -> Figures:
    """
    Count what still waits as it is, and return the figures.

    `goes_on`: what one side moved of late stays open, as the other side may move it yet.
    """
    looks = history.looks
    waiting = looks.moves.settle(looks.sweeps.until if goes_on else None) if looks is not None else []
    for pair in (*history.replay.pairs.values(), *waiting):
        history.figures.end(pair)
    history.replay.pairs.clear()
    if looks is not None:
        history.figures.swept = looks.sum_up()
    return history.figures


def _look_before(history: History, past: Past) -> Iterator[list[Pair]]:
    """Until the first sitting people are taken to have been as they were then."""
    if history.looks is None:
        return
    if not history.replay.begun:
        history.replay.begin(past)
        history.replay.bench.turn_to(past.shared)
    yield from history.looks.before(past.at)
    history.looks.obey_hands()


def _take(history: History, past: Past, around: Around) -> list[Pair]:
    looks = history.looks
    if looks is not None and any("due_rule_ids" in item for item in past.items):
        return looks.beside(past, around)
    seen, touched = history.replay.take(past, around)
    history.figures.see(seen)
    history.figures.news(touched, past.at, agents=history.replay.bench.agents)
    if looks is not None:
        looks.gave(seen, past.at)
        looks.heard(past, list(history.replay.thaw(past, around.facts)))
    return touched


def _go_on(history: History) -> Iterator[list[Pair]]:
    """After the last sitting nobody came or went, as far as is known."""
    history.period = replace(history.period, after=history.period.last)
    if history.looks is None:
        return
    if not history.replay.begun:
        history.looks.begin_today()
    yield from history.looks.before(history.looks.sweeps.until, whole=True)
    history.over = True


def _closed_since(history: History) -> list[End]:
    waiting = history.replay.line.talks
    closed = _closings(waiting.keys() | history.replay.world.shares.keys() | history.replay.world.works.keys())
    return [(at, waiting.get(talk, 0), talk) for talk, at in closed.items()]


def _around(history: History, page: list[Past]) -> Around:
    items = [item for past in page for item in past.items]
    contacts = {item["contact_id"] for item in items}
    asked = {item["contact_id"] for item in items if "facts" not in item} if history.replay.asks_facts else set()
    history.figures.facts_of_today += len(asked)
    return Around(
        facts=read_facts(asked, unowned=True) if asked else {},
        closings=_closings({item.get("conversation_id") or -item["contact_id"] for item in items if _has_talk(item)}),
        hands=read_hands(contacts | history.replay.line.contacts, since=history.until or page[0].at, until=page[-1].at),
    )


def _has_talk(item: Mapping[str, Any]) -> bool:
    return "conversation_id" in item or "carries" in item or "carried" in item


def _closings(talks: Collection[int]) -> dict[int, datetime]:
    """When each of these ended, see `talk_of`: a conversation, or all that a contact had open."""
    contacts = {-talk for talk in talks if talk < 0}
    followed = read_last_closings(contacts) if contacts else {}
    found = read_closings({talk for talk in talks if talk > 0})
    return found | {-contact: at for contact, at in followed.items()}
