"""
Whether a person may receive: the first reason against them, in a stated order. Pure: no clock, no chance.

What stands for a whole sitting is in `standing_refusal`; room is asked anew for each item, because loads move.
"""

from collections.abc import Callable, Container, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from reparto.engine import reasons
from reparto.engine.shapes import Agent, Hours, Policy

_NOTHING: Final[Mapping[str, Any]] = {}
ONE_DAY: Final = timedelta(days=1)


class Ask(NamedTuple):
    """What is asked of a person; items with an equal ask share the answer for the sitting."""

    account_id: int | None  #: None: no account's mode is asked
    channel: str | None
    campaign_id: int | None
    in_hand: bool = False  #: they have the conversation already: by hand is enough, campaign and room are not asked


class Refusal(NamedTuple):
    """The first reason against a person, and until when it stands, if that is known."""

    reason: str
    detail: Mapping[str, Any] = _NOTHING
    until: datetime | None = None


def standing_refusal(agent: Agent | None, ask: Ask, *, at: datetime, policy: Policy) -> Refusal | None:
    """
    The first reason against a person, but for room: unknown, suspended, does not receive, not in the campaign,
    account, declared status, sign of life, absence, shift. None: they can receive.
    """
    if agent is None:
        return Refusal(reasons.UNKNOWN_PERSON)
    for against in _CHECKS:
        refusal = against(agent, ask, at, policy)
        if refusal is not None:
            return refusal
    return None


def is_bounded(agent: Agent) -> bool:
    """Whether anything limits how much a person may have; most have no limit, and need not be asked for each item."""
    return bool(agent.caps) or not (agent.capacity is agent.per_hour is agent.per_day is None)


def room_refusal(agent: Agent, *, load: int, effort: int, given: int, at: datetime) -> Refusal | None:
    """
    Against a person who has no room for the effort, or has been given all that an hour or a day allows.

    A limit of None is none. `given`: how many they were given in this sitting, besides what the snapshot counts.
    """
    if agent.capacity is not None and load + effort > agent.capacity:
        return Refusal(reasons.AT_CAPACITY, {"load": load, "effort": effort, "capacity": agent.capacity})
    if agent.per_hour is not None and agent.in_hour + given >= agent.per_hour:
        next_hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return _limit(reasons.AT_HOURLY_LIMIT, agent.in_hour + given, agent.per_hour, next_hour)
    if agent.per_day is not None and agent.in_day + given >= agent.per_day:
        return _limit(reasons.AT_DAILY_LIMIT, agent.in_day + given, agent.per_day, _tomorrow(agent, at))
    return None


def cap_refusal(agent: Agent, account_id: int, *, load: int, effort: int) -> Refusal | None:
    """Against a person who may have no more of an account open; `load`: what they have open there."""
    cap = agent.caps.get(account_id)
    if cap is None or load + effort <= cap:
        return None
    return Refusal(reasons.AT_ACCOUNT_CAP, {"load": load, "effort": effort, "capacity": cap})


def _limit(reason: str, given: int, limit: int, until: datetime) -> Refusal:
    return Refusal(reason, {"given": given, "limit": limit, "until": _iso(until)}, until)


def _tomorrow(agent: Agent, at: datetime) -> datetime:
    """The next midnight where the person is; where a day has none, the first instant after it."""
    local = at.astimezone(_zone(agent.time_zone))
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, tzinfo=local.tzinfo)
    return midnight.astimezone(UTC)


def _person(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    if agent.suspended:
        return Refusal(reasons.SUSPENDED)
    return None if agent.receives else Refusal(reasons.DOES_NOT_RECEIVE)


def _campaign(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    if ask.campaign_id is None or ask.in_hand or ask.campaign_id in agent.campaign_ids:
        return None
    return Refusal(reasons.NOT_IN_CAMPAIGN)


def _account(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    if ask.account_id is None:
        return None
    mode = agent.modes.get(ask.account_id, "disabled")
    if mode == "auto" or (mode == "enabled" and ask.in_hand):
        return None
    return Refusal(reasons.ACCOUNT_BY_HAND_ONLY if mode == "enabled" else reasons.ACCOUNT_DISABLED)


def _availability(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    if agent.availability == "available":
        return None
    if agent.away_until is not None and agent.away_until <= at:
        return None
    return _until(reasons.AWAY if agent.availability == "away" else reasons.OFFLINE, agent.away_until)


def _sign_of_life(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    grace = policy.grace_seconds.get(ask.channel) if policy.sign_of_life and ask.channel is not None else None
    if grace is None:
        return None
    if agent.last_seen_at is None:
        return Refusal(reasons.NO_SIGN_OF_LIFE, {"last_seen_at": None, "grace_seconds": grace})
    if at - agent.last_seen_at <= timedelta(seconds=grace):
        return None
    return Refusal(reasons.NO_SIGN_OF_LIFE, {"last_seen_at": _iso(agent.last_seen_at), "grace_seconds": grace})


def _absence(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    ends = [until for since, until in agent.absences if since <= at < until]
    return _until(reasons.ABSENT, max(ends)) if ends else None


def _shift(agent: Agent, ask: Ask, at: datetime, policy: Policy) -> Refusal | None:
    if not agent.hours:
        return None
    local = at.astimezone(_zone(agent.time_zone))
    if any(_on_shift(stretch, local, agent.holidays) for stretch in agent.hours):
        return None
    planned = any(_on_shift(stretch, local, ()) for stretch in agent.hours)
    return _until(reasons.HOLIDAY if planned else reasons.OFF_SHIFT, _next_shift(agent, local))


Check = Callable[[Agent, Ask, datetime, Policy], Refusal | None]
_CHECKS: Final[tuple[Check, ...]] = (
    _person,
    _campaign,
    _account,
    _availability,
    _sign_of_life,
    _absence,
    _shift,
)


def _on_shift(stretch: Hours, local: datetime, holidays: Container[date]) -> bool:
    """Whether a local instant is in a stretch that began on no holiday; one that ends as it begins is a whole day."""
    now, today, yesterday = local.time(), local.date(), local.date() - ONE_DAY
    if stretch.since < stretch.until:
        return _begins(stretch, today, holidays) and stretch.since <= now < stretch.until
    began_today = _begins(stretch, today, holidays) and now >= stretch.since
    return began_today or (_begins(stretch, yesterday, holidays) and now < stretch.until)


def _begins(stretch: Hours, day: date, holidays: Container[date]) -> bool:
    return day.weekday() == stretch.weekday and day not in holidays


def _next_shift(agent: Agent, local: datetime) -> datetime:
    return min(_next_start(stretch, local, agent.holidays) for stretch in agent.hours)


def _next_start(stretch: Hours, local: datetime, holidays: Container[date]) -> datetime:
    day = local.date() + timedelta(days=(stretch.weekday - local.weekday()) % 7)
    start = datetime.combine(day, stretch.since, tzinfo=local.tzinfo).astimezone(UTC)
    while start <= local or day in holidays:
        day += timedelta(days=7)
        start = datetime.combine(day, stretch.since, tzinfo=local.tzinfo).astimezone(UTC)
    return start


def _zone(name: str) -> tzinfo:
    # A zone that this machine does not know must not stop the desk; UTC is at least the same everywhere.
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return UTC


def _until(reason: str, until: datetime | None) -> Refusal:
    return Refusal(reason, {"until": _iso(until)} if until else _NOTHING, until)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
