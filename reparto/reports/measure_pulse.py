"""The few figures that are held against the period before."""

from dataclasses import dataclass

from reparto.kit.choose_period import Period

from .choose_scope import Scope
from .figures import Entries, Given, all_entries, all_given
from .jain_index import index_of
from .read_speeds import read_speeds
from .read_tally import read_tally


@dataclass(frozen=True, slots=True)
class Pulse:
    """How it went, in three figures."""

    entries: Entries
    given: Given
    index: float | None


def measure_pulse(period: Period, scope: Scope) -> Pulse:
    """Return the figures of a period (four queries)."""
    tally = read_tally(period, scope)
    speeds = read_speeds(period, scope, decisions=tally.decisions)
    return Pulse(all_entries(tally, speeds), all_given(tally, speeds), index_of(tally.shares))
