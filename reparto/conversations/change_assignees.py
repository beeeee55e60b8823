"""
Put people and groups on conversations and take them off, keeping the load counters true.

It asks no permission and writes no decision: only `assignment` calls it, under the desk's lock.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from .count_given import LOADS
from .models import Assignee, Conversation


@dataclass(frozen=True, slots=True)
class Change:
    """Who comes and who goes, on one conversation."""

    conversation_id: int
    come_people: tuple[int, ...] = ()
    come_groups: tuple[int, ...] = ()
    go_people: tuple[int, ...] = ()
    go_groups: tuple[int, ...] = ()


def change_assignees(organization_id: int, change: Change, *, route: str, decision_id: int, at: datetime) -> None:
    """Make one change; who is there already stays as they came."""
    here = Assignee.objects.filter(conversation_id=change.conversation_id)
    effort = Conversation.objects.values_list("effort", flat=True).get(pk=change.conversation_id)
    here.filter(group_id__in=change.go_groups).delete()
    for person in change.go_people:
        (gone, _) = here.filter(person_id=person).delete()
        if gone:
            add_load(organization_id, [person], -effort)
    people = set(here.values_list("person_id", flat=True))
    groups = set(here.values_list("group_id", flat=True))
    for person in change.come_people:
        if person not in people:
            _put(organization_id, change.conversation_id, route, decision_id, at=at, person_id=person)
            add_load(organization_id, [person], effort, at=at)
    for group in change.come_groups:
        if group not in groups:
            _put(organization_id, change.conversation_id, route, decision_id, at=at, group_id=group)
    Conversation.objects.filter(pk=change.conversation_id).update(version=F("version") + 1)


def _put(  # noqa: PLR0913  (one row's columns)
    organization_id: int,
    conversation_id: int,
    route: str,
    decision_id: int,
    *,
    at: datetime,
    person_id: int | None = None,
    group_id: int | None = None,
) -> None:
    Assignee.objects.create(
        organization_id=organization_id,
        conversation_id=conversation_id,
        person_id=person_id,
        group_id=group_id,
        route=route,
        decision_id=decision_id,
        since=at,
    )


def add_load(organization_id: int, people: Collection[int], effort: int, *, at: datetime | None = None) -> None:
    """Count work in or out for people; `at` says that they were given it now."""
    if not people:
        return
    number = 0 if at is None else 1
    asked: dict[str, Any] = {"organization": organization_id, "effort": effort, "number": number, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {**asked, "people": sorted(people)})


COUNT = f"""
WITH moved AS (
    SELECT person_id, %(effort)s AS effort, %(number)s AS number FROM unnest(%(people)s::bigint[]) AS person_id
)
{LOADS}
"""
