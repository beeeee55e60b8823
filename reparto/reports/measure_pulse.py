"""The few figures that are held against the period before."""

from dataclasses import dataclass

from reparto.assignment.read_shares import read_shares
from reparto.kit.choose_period import Period

from .choose_scope import Scope
from .measure_fairness import index_of
from .read_entries import Entries, read_entries
from .read_given import Given, read_given


@dataclass(frozen=True, slots=True)
class Pulse:
    """How it went, in three figures."""

    entries: Entries
    given: Given
    index: float | None


def measure_pulse(period: Period, scope: Scope) -> Pulse:
    """Return the figures of a period (three queries)."""
    shares = read_shares(since=period.since, until=period.until, people=scope.person_ids)
    return Pulse(
        entries=read_entries(period, scope)[1],
        given=read_given(period, scope).get((None, None), Given()),
        index=index_of(shares),
    )
