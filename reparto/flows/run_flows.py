"""
Let flows work in one organization: begin what tags ask for, then take every step that is due.

Where a run stands is written with what its step did, in the caller's transaction and under the desk's lock: a worker
that dies leaves a step either done or not, and the next one goes on from there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, transaction
from django.db.models import F

from reparto.contacts.find_merge import became, went_on_in
from reparto.contacts.queries import take_fresh_tags
from reparto.conversations.queries import latest_open_of
from reparto.kit.live import publish
from reparto.kit.prepared import prepared_cursor

from .begin_runs import begin_runs
from .happened import Happened
from .models import Run
from .take_step import take_step

log = structlog.get_logger()
#: So many steps are taken in one sitting: people wait for the desk while it lasts.
MOST_STEPS = 200
MOST_TAGS = 1_000
#: A step that the database was in the way of (two waited for each other, it took too long) is tried so often …
MOST_TRIES = 5
#: … and again after so long.
AGAIN = timedelta(minutes=1)
#: What there is to do, in one question: most sittings have nothing of it.
PENDING = """
SELECT EXISTS (SELECT FROM contacts_contacttag WHERE organization_id = %(organization)s AND fresh),
       EXISTS (SELECT FROM flows_run
               WHERE organization_id = %(organization)s AND state = 'running' AND due_at <= %(at)s)
"""


def run_flows(organization_id: int, *, at: datetime, limit: int = MOST_STEPS) -> int:
    """Do what is due, `limit` steps at the most; return how much was looked at. The caller holds the desk."""
    tagged, due = _pending(organization_id, at)
    looked_at = _hear_tags(organization_id, at) if tagged else 0
    return looked_at + (_take_due(organization_id, at, limit) if due or looked_at else 0)


def _pending(organization_id: int, at: datetime) -> tuple[bool, bool]:
    with prepared_cursor() as cursor:
        cursor.execute(PENDING, {"organization": organization_id, "at": at})
        (tagged, due) = cursor.fetchone() or (False, False)
    return bool(tagged), bool(due)


def _hear_tags(organization_id: int, at: datetime) -> int:
    """Begin what the tags ask for that were put on meanwhile, each in the contact's open conversation if it has one."""
    tags = take_fresh_tags(MOST_TAGS)
    talks = latest_open_of({contact for _, contact, _ in tags})
    happened = [
        Happened(
            "tag_added",
            cause=f"tag:{mark}",
            contact_id=contact,
            conversation_id=talks[contact].pk if contact in talks else None,
            account_id=talks[contact].account_id if contact in talks else None,
            tag=word,
        )
        for mark, contact, word in tags
    ]
    begin_runs(organization_id, happened, at=at)
    return len(tags)


def _take_due(organization_id: int, at: datetime, limit: int) -> int:
    left, flows = limit, set[int]()
    for run in _due(at, limit):
        while left > 0 and run.state == "running" and run.due_at <= at:
            _take(run, at)
            left -= 1
        flows.add(run.flow_id)
    if flows:
        publish(organization_id, "flows", flows)
    return limit - left


def _due(at: datetime, limit: int) -> Sequence[Run]:
    """Return the runs whose step is due; what began for a contact that became another goes on for that one."""
    rows = Run.objects.filter(state="running", due_at__lte=at).select_related("version")
    due = list(rows.annotate(standing=F("conversation__status")).order_by("due_at", "id")[:limit])
    merged = became({run.contact_id for run in due})
    joined = went_on_in({run.conversation_id for run in due if run.standing == "closed" and run.conversation_id})
    for run in due:
        run.contact_id = merged.get(run.contact_id, run.contact_id)
        run.conversation_id = joined.get(run.conversation_id or 0, run.conversation_id)
    return due


def _take(run: Run, at: datetime) -> None:
    try:
        with transaction.atomic():
            take_step(run, at=at)
    except OperationalError as error:
        _put_off(run, error, at) if run.tries + 1 < MOST_TRIES else _fail(run, error, at)
    except Exception as error:  # whatever it is: one run must stop neither the others nor the desk
        _fail(run, error, at)


def _put_off(run: Run, error: Exception, at: datetime) -> None:
    log.warning("flow_put_off", run=run.pk, step=run.step, error=type(error).__name__)
    Run.objects.filter(pk=run.pk).update(tries=F("tries") + 1, due_at=at + AGAIN)
    run.due_at = at + AGAIN


def _fail(run: Run, error: Exception, at: datetime) -> None:
    log.warning("flow_failed", run=run.pk, step=run.step, error=type(error).__name__)
    Run.objects.filter(pk=run.pk).update(state="failed", ended_at=at)
    run.state = "failed"
