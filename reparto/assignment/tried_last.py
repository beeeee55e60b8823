"""
Decisions of what still waits, as the last try left them: its reasons, its rules, and when it is tried again.

What waits no longer is told as it was decided; nothing is decided here.
"""

from collections.abc import Iterable
from copy import copy

from django.db.models import Q, QuerySet

from .models import Decision, Waiting


def tried_last(decisions: Iterable[Decision]) -> dict[int, Decision]:
    """Return those of the decisions that are why something waits now, by id (one query, if any may be)."""
    wanted = list(decisions)
    return as_tried(wanted, tried_rows(wanted))


def tried_rows(decisions: Iterable[Decision]) -> QuerySet[Waiting]:
    """Return what waits by these decisions, for `as_tried`."""
    may_wait = [one for one in decisions if one.pk and one.outcome in ("queued", "unmatched")]
    if not may_wait:
        return Waiting.objects.none()
    # A conversation keeps waiting while its contact becomes another.
    talks = Q(conversation_id__in={one.conversation_id for one in may_wait if one.conversation_id})
    theirs = talks | Q(contact_id__in={one.contact_id for one in may_wait})
    return Waiting.objects.filter(theirs, decision_id__in=[one.pk for one in may_wait])


def as_tried(decisions: Iterable[Decision], rows: Iterable[Waiting]) -> dict[int, Decision]:
    """Return what `tried_last` does; of these decisions `tried_rows` were read."""
    by_id = {one.pk: one for one in decisions}
    return {row.decision_id: _as_tried(by_id[row.decision_id], row) for row in rows if row.decision_id is not None}


def _as_tried(decision: Decision, row: Waiting) -> Decision:
    tried = copy(decision)
    tried.next_try_at, tried.tried_at = row.due_at, row.tried_at
    if row.tried:
        # It is whole: nothing of it stands with the sitting.
        tried.sitting_id, tried.trace = None, row.tried["trace"]
        for name in ("rule_id", "rule_version", "rule_position"):
            setattr(tried, name, row.tried[name])
        tried.tried_version = row.tried["rule_version"]
    return tried
