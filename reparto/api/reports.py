"""Reports: who carries what, and how close what people received is to what was their due."""

from datetime import date, datetime
from typing import Any

from ninja import Query, Router
from pydantic import BaseModel, Field

from reparto.assignment.shares import Share
from reparto.kit.choose_period import Period, PeriodName, choose_period
from reparto.reports.choose_scope import choose_scope
from reparto.reports.measure_fairness import (
    ChannelFigures,
    FairnessReport,
    Hour,
    PersonFigures,
    RuleFigures,
    measure_fairness,
)

from .action import action
from .request import ApiRequest
from .shapes import Answer, Id

router = Router(tags=["reports"])


class PeriodWindow(BaseModel):
    """
    Which period, in the person's own time zone; a group narrows it.

    `custom`, which days alone say as well, takes its first and last day; without either, the last seven days.
    """

    period: PeriodName | None = None
    since: date | None = None
    until: date | None = None
    group_id: Id | None = None


class PeriodAnswer(Answer):
    """From an instant to another, which is not included."""

    name: str
    since: datetime
    until: datetime
    time_zone: str


class SpeedAnswer(Answer):
    """How long something took, in seconds; null while it never happened."""

    median_seconds: float | None
    p90_seconds: float | None


class CarriesAnswer(Answer):
    """One person: what they carry now; what rules gave them against what was their due; how soon they followed up."""

    person_id: int
    open: int
    capacity: int | None
    contacts: int
    received: int
    due: float
    difference: float
    received_otherwise: int
    given: int
    followed_up: int
    time_to_first_follow_up: SpeedAnswer


class ShareAnswer(Answer):
    """What one person received from one rule, and what was their due."""

    person_id: int
    received: int
    due: float


class RuleShareAnswer(Answer):
    """One rule: what it handed out to the people in scope, and Jain's index of it."""

    rule_id: int
    description: str = Field(description="As it is called now; of a deleted one, as it was when it last decided.")
    deleted: bool
    received: int
    index: float | None
    people: list[ShareAnswer]


class HourAnswer(Answer):
    """One hour of the day over all days of the period; `present` is a mean, null if nothing was decided in it."""

    hour: int
    arrived: int
    assigned_at_once: int
    waited: int
    present: float | None


class ChannelAnswer(Answer):
    """One channel: what came in, what was given of it; empty: contacts without a conversation."""

    channel: str
    arrived: int
    assigned_at_once: int
    waited: int
    given: int
    time_to_assignment: SpeedAnswer


class WaitingNowAnswer(Answer):
    """Contacts without owner now, and what waits in the queue for somebody: not all of them do, nor only they."""

    contacts_without_owner: int
    oldest_without_owner_id: int | None = Field(description="The one that arrived first, in the queue or not.")
    oldest_without_owner_created_at: datetime | None
    waiting: int
    waiting_long: int
    oldest_since: datetime | None = Field(description="Since when the oldest in the queue waits.")
    oldest_contact_id: int | None
    oldest_conversation_id: int | None


class FairnessAnswer(Answer):
    """
    Load and fairness of a period; every figure is a sum over decisions and owners.

    Speeds of more than 20,000 decisions, and how many were followed up, are those of an even sample.
    """

    period: PeriodAnswer
    index: float | None = Field(description="Jain's index of received ÷ due over people: 1 is exactly fair.")
    arrived: int
    assigned: int
    time_to_assignment: SpeedAnswer
    time_to_first_follow_up: SpeedAnswer
    people: list[CarriesAnswer]
    rules: list[RuleShareAnswer]
    hours: list[HourAnswer]
    channels: list[ChannelAnswer]
    ways: dict[str, int] = Field(description="How many were given, by route; `taken`: by the person themself.")
    now: WaitingNowAnswer


@router.get("/reports/fairness", response=FairnessAnswer)
@action("reports.view")
def read_fairness(request: ApiRequest, window: Query[PeriodWindow]) -> dict[str, Any]:
    """Return load and fairness: a manager's of the subtree, an administrator's of all."""
    actor = request.actor
    period = choose_period(window.period, zone=actor.time_zone, at=request.at, first=window.since, last=window.until)
    scope = choose_scope(actor, group_id=window.group_id)
    return _show(measure_fairness(period, scope, at=request.at))


def _show(report: FairnessReport) -> dict[str, Any]:
    return {
        "period": _period(report.period),
        "index": report.index,
        "arrived": report.entries.arrived,
        "assigned": report.entries.assigned,
        "time_to_assignment": report.entries,
        "time_to_first_follow_up": report.given,
        "people": [_person(one) for one in report.people],
        "rules": [_rule(one) for one in report.rules],
        "hours": [_hour(one) for one in report.hours],
        "channels": [_channel(one) for one in report.channels],
        "ways": report.ways,
        "now": _now(report),
    }


def _period(period: Period) -> dict[str, Any]:
    return {"name": period.name, "since": period.since, "until": period.until, "time_zone": period.zone}


def _person(one: PersonFigures) -> dict[str, Any]:
    return {
        "person_id": one.person.pk,
        "open": one.open,
        "capacity": one.person.capacity,
        "contacts": one.contacts,
        "received": one.received,
        "due": one.due,
        "difference": one.difference,
        "received_otherwise": one.otherwise,
        "given": one.given.count,
        "followed_up": one.given.followed,
        "time_to_first_follow_up": one.given,
    }


def _rule(rule: RuleFigures) -> dict[str, Any]:
    shares: list[Share] = list(rule.shares)
    return {
        "rule_id": rule.rule_id,
        "description": rule.description,
        "deleted": rule.deleted,
        "received": rule.received,
        "index": rule.index,
        "people": shares,
    }


def _hour(one: Hour) -> dict[str, Any]:
    return {
        "hour": one.hour,
        "arrived": one.entries.arrived,
        "assigned_at_once": one.entries.at_once,
        "waited": one.entries.waited,
        "present": one.present,
    }


def _channel(one: ChannelFigures) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "arrived": one.entries.arrived,
        "assigned_at_once": one.entries.at_once,
        "waited": one.entries.waited,
        "given": one.given,
        "time_to_assignment": one.entries,
    }


def _now(report: FairnessReport) -> dict[str, Any]:
    oldest, free = report.waiting.oldest, report.unassigned.oldest
    return {
        "contacts_without_owner": report.unassigned.number,
        "oldest_without_owner_id": free.pk if free else None,
        "oldest_without_owner_created_at": free.created_at if free else None,
        "waiting": report.waiting.count,
        "waiting_long": report.waiting.long,
        "oldest_since": oldest.since if oldest else None,
        "oldest_contact_id": oldest.contact_id if oldest else None,
        "oldest_conversation_id": oldest.conversation_id if oldest else None,
    }
