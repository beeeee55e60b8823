"""
Replay a period of real history through other rules: page after page of past sittings, decided again and counted.

It writes nothing. Whoever asks has entered the organization, and may stop between two pages.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from reparto.assignment.read_sittings import Past, Period, find_period, read_hands, read_sittings
from reparto.contacts.read_facts import read_facts
from reparto.conversations.read_closings import read_closings, read_last_closings
from reparto.engine import RuleSet

from .count_replay import Figures
from .pairs import Pair
from .replay import Around, End, Replay

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

    @property
    def done(self) -> bool:
        """Whether the whole period went through."""
        return self.period.after >= self.period.last


def begin_history(rule_set: RuleSet, *, since: datetime, until: datetime) -> History:
    """Return a history that has not begun (one query)."""
    return History(Replay(rule_set), find_period(since, until))


def replay_history(rule_set: RuleSet, *, since: datetime, until: datetime) -> Figures:
    """Replay a whole period at once."""
    history = begin_history(rule_set, since=since, until=until)
    while not history.done:
        for _ in replay_page(history):
            pass
    return end_history(history)


def replay_page(history: History) -> Iterator[tuple[Past, list[Pair]]]:
    """Replay the next page; yields each sitting with what is new of it, so that others can breathe between."""
    page = read_sittings(history.period, limit=PAGE)
    if not page:
        history.period = replace(history.period, after=history.period.last)
        return
    around = _around(history, page)
    history.replay.hear_of(around.hands)
    if history.follows:
        history.replay.hear_of(_closed_since(history))
    for past in page:
        seen, touched = history.replay.take(past, around)
        history.figures.sittings += 1
        history.figures.see(seen)
        history.figures.news(touched, past.at)
        yield past, touched
    history.period, history.until = replace(history.period, after=page[-1].id), page[-1].at


def end_history(history: History) -> Figures:
    """Count what still waits as it is, and return the figures."""
    for pair in history.replay.pairs.values():
        history.figures.end(pair)
    history.replay.pairs.clear()
    return history.figures


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
        facts=read_facts(asked) if asked else {},
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
