"""
How much more or less people would have been given of late than they were: what limits by the hour and the day count.

It forgets what no limit asks about any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reparto.engine import Agent

#: The longest day that there is where somebody lives, when its clocks go back.
LONGEST_DAY = timedelta(hours=25)


@dataclass(slots=True)
class Given:
    """By person, how many more at which instants; what is equal is not kept."""

    more: dict[int, dict[datetime, int]] = field(default_factory=dict)

    def count(self, person_ids: Iterable[int], number: int, *, at: datetime) -> None:
        """Count so many more for each of these people; fewer when it is negative."""
        for person in person_ids:
            then = self.more.get(person, {})
            then[at] = then.get(at, 0) + number
            kept = {moment: one for moment, one in then.items() if one and moment > at - LONGEST_DAY}
            if kept:
                self.more[person] = kept
            else:
                self.more.pop(person, None)

    def in_hour(self, agent: Agent, *, at: datetime) -> int:
        """Return how many more they would have been given in this hour of the clock."""
        begun = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return sum(number for moment, number in self.more.get(agent.id, {}).items() if moment >= begun)

    def in_day(self, agent: Agent, *, at: datetime) -> int:
        """Return how many more they would have been given today, where they are."""
        zone = ZoneInfo(agent.time_zone)
        today, then = at.astimezone(zone).date(), self.more.get(agent.id, {})
        return sum(number for moment, number in then.items() if moment.astimezone(zone).date() == today)
