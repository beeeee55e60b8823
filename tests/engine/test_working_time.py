"""Working time, counted backwards in one person's own hours, leave and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reparto.engine import Calendar, Hours, start_of_working_time

MEXICO = ZoneInfo("America/Mexico_City")
OFFICE = tuple(Hours(day, time(9), time(18)) for day in range(5))
MINUTE = timedelta(minutes=1)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 as clocks in Mexico City show it; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MEXICO)


class TestHours:
    @pytest.mark.parametrize(
        ("amount", "at", "start"),
        [
            (2, local(17, 12), local(17, 10)),
            (4, local(17, 11), local(16, 16)),
            # EC-37: what came on Sunday begins to age on Monday at nine: two hours later it is late, not before.
            (2, local(16, 11), local(16, 9)),
            (2, local(16, 10, 59), local(13, 17, 59)),
            (2, local(15, 12), local(13, 16)),
            (45, local(20, 18), local(16, 9)),
        ],
    )
    def test_count_on_shift_only(self, amount: int, at: datetime, start: datetime) -> None:
        """EC-37, EC-65: nights and weekends do not count; a contact that comes in one ages from the first minute."""
        assert start == start_of_working_time(Calendar(MEXICO, OFFICE), amount, "hours", at=at)

    def test_leave_and_holidays_do_not_count(self) -> None:
        """EC-35: half a day of leave and a holiday are no working time."""
        away = ((local(17, 14), local(17, 18)),)
        calendar = Calendar(MEXICO, OFFICE, away, frozenset({date(2026, 11, 16)}))

        assert local(17, 13) == start_of_working_time(calendar, 2, "hours", at=local(18, 10))
        assert local(13, 17) == start_of_working_time(calendar, 7, "hours", at=local(18, 10))

    def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins(self) -> None:
        """EC-35: from ten at night to six is worked through, but not when its first day is a holiday."""
        nights = tuple(Hours(day, time(22), time(6)) for day in range(5))
        calendar = Calendar(MEXICO, nights, holidays=frozenset({date(2026, 11, 17)}))

        assert local(17, 4) == start_of_working_time(calendar, 2, "hours", at=local(17, 12))
        assert local(17, 4) == start_of_working_time(calendar, 2, "hours", at=local(18, 12))

    def test_a_short_shift_within_a_long_one_takes_nothing_from_it(self) -> None:
        """EC-35: the long night goes on when the short stretch of the next day, which began within it, is over."""
        hours = (Hours(4, time(2), time(2)), Hours(5, time(0), time(1)))

        assert local(14, 1) == start_of_working_time(Calendar(MEXICO, hours), 1, "hours", at=local(16, 12))
        assert local(13, 23) == start_of_working_time(Calendar(MEXICO, hours), 3, "hours", at=local(16, 12))

    def test_around_the_clock_without_a_schedule(self) -> None:
        """Whoever has no hours always works, but for leave and holidays; whoever never works is late with nothing."""
        gone = Calendar(MEXICO, OFFICE, ((local(1, 0) - timedelta(days=9000), local(30, 0)),))

        assert local(16, 22) == start_of_working_time(Calendar(MEXICO), 4, "hours", at=local(17, 2))
        assert start_of_working_time(gone, 1, "hours", at=local(17, 12)).year == 1


class TestDays:
    def test_a_day_is_a_day_of_theirs_long_or_short(self) -> None:
        """UP-5: at noon of a day from nine to six a third is done; one working day before is the same on Friday."""
        assert local(13, 12) == start_of_working_time(Calendar(MEXICO, OFFICE), 1, "days", at=local(16, 12))
        short = (*OFFICE[:4], Hours(4, time(9), time(12)))
        assert local(13, 10) == start_of_working_time(Calendar(MEXICO, short), 1, "days", at=local(16, 12))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any week of shifts, some over midnight and some that overlap, with leave and holidays, in zones that jump."""
    zone = ZoneInfo(draw(st.sampled_from(["America/Santiago", "America/Bogota", "Europe/Madrid", "Asia/Kathmandu"])))
    hour = st.integers(0, 23).map(time)
    hours = draw(st.lists(st.builds(Hours, st.integers(0, 6), hour, hour), min_size=1, max_size=8))
    begins = st.integers(0, 24 * 30).map(lambda count: datetime(2026, 10, 10, tzinfo=UTC) + timedelta(hours=count))
    away = draw(st.lists(st.tuples(begins, st.integers(1, 60)), max_size=2))
    absences = tuple((since, since + timedelta(hours=count)) for since, count in away)
    days = draw(st.frozensets(st.dates(date(2026, 10, 10), date(2026, 11, 10)), max_size=3))
    return Calendar(zone, tuple(hours), absences, days)


def works(calendar: Calendar, minute: datetime) -> bool:
    """Say whether a person works in a minute: as one would look it up on the wall."""
    if any(since <= minute < until for since, until in calendar.absences):
        return False
    here = minute.astimezone(calendar.zone)
    for day in (here.date(), here.date() - timedelta(days=1)):
        if day in calendar.holidays:
            continue
        for one in calendar.hours:
            last = day if one.since < one.until else day + timedelta(days=1)
            since, until = (
                datetime.combine(of, clock, tzinfo=calendar.zone) for of, clock in ((day, one.since), (last, one.until))
            )
            if one.weekday == day.weekday() and since.astimezone(UTC) <= minute < until.astimezone(UTC):
                return True
    return False


class TestAnyCalendar:
    @settings(max_examples=40, deadline=None)
    @given(calendar=calendars(), amount=st.integers(1, 12), after=st.integers(0, 60 * 24 * 20))
    def test_as_a_count_of_minutes(self, calendar: Calendar, amount: int, after: int) -> None:
        """EC-35: since the start they worked exactly so many minutes, and the minute before the last of them counts."""
        unit: Literal["hours"] = "hours"
        at = datetime(2026, 10, 20, tzinfo=UTC) + after * MINUTE
        start = start_of_working_time(calendar, amount, unit, at=at)
        if start < datetime(2026, 10, 1, tzinfo=UTC):
            return

        minutes = [start + count * MINUTE for count in range(int((at - start) / MINUTE))]
        assert amount * 60 == sum(works(calendar, minute) for minute in minutes)
        assert works(calendar, start)
