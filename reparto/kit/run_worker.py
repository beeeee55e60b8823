"""
The worker process: takes wake-ups, and every few seconds looks for what nobody was woken for.

It must never hold truth in memory: it may be killed at any instant.
"""

import asyncio
import contextlib

import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection, transaction
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from .clock import TOO_FAR
from .forget_answers import KEPT
from .jobs import enqueue

log = structlog.get_logger()
SWEEP_SECONDS = 2.0
CONCURRENCY = 4
SECONDS_KEPT = f"interval '{KEPT.total_seconds():.0f} seconds'"
#: What a clock that was wrong has put off too far is due as well.
DUE = f"(due_at <= now() OR due_at > now() + interval '{TOO_FAR.total_seconds():.0f} seconds')"
#: Work → the organizations that have any, seen as the role that sees nothing else.
PENDING = {
    "desk": (
        "SELECT organization_id FROM intake_delivery WHERE absorbed_at IS NULL"
        f" UNION SELECT organization_id FROM assignment_waiting WHERE {DUE}"
        " UNION SELECT organization_id FROM flows_run WHERE state = 'running' AND due_at <= now()"
        " UNION SELECT organization_id FROM contacts_contacttag WHERE fresh"
    ),
    "send": f"SELECT DISTINCT organization_id FROM kit_outbox WHERE state IN ('pending', 'sending') AND {DUE}",
    "back": (
        "SELECT DISTINCT organization_id FROM people_person WHERE availability_until <= now() AND suspended_at IS NULL"
        " UNION SELECT organization_id FROM conversations_conversation WHERE snoozed_until <= now()"
    ),
    "bulk": "SELECT DISTINCT organization_id FROM contacts_bulkjob WHERE state = 'running'",
    "handover": "SELECT DISTINCT organization_id FROM assignment_handover WHERE state = 'running'",
    "measure": f"SELECT organization_id FROM assignment_measure WHERE {DUE}",
    "late": f"SELECT organization_id FROM assignment_desk WHERE {DUE.replace('due_at', 'late_at')}",
    "simulate": (
        "SELECT DISTINCT organization_id FROM reports_simulation"
        " WHERE state = 'running' AND (beat_at IS NULL OR beat_at < now() - interval '30 seconds')"
    ),
    "shadow": f"SELECT organization_id FROM reports_shadow WHERE state = 'running' AND {DUE}",
    "sums": (
        f"SELECT organization_id FROM reports_hourmark WHERE {DUE}"
        " UNION ALL SELECT o.id FROM kit_organization o"
        " WHERE NOT EXISTS (SELECT FROM reports_hourmark m WHERE m.organization_id = o.id)"
    ),
    "forget": f"SELECT DISTINCT organization_id FROM kit_idempotencykey WHERE created_at < now() - {SECONDS_KEPT}",
}


def run_worker() -> None:
    """Work until told to stop."""
    asyncio.run(_run())


async def _run() -> None:
    # An app of its own: its tasks still enqueue through Django's connection, which is what the sweep uses.
    own = App(connector=PsycopgConnector(kwargs=_connection()))
    own.tasks = app.tasks
    async with own.open_async():
        sweeping = asyncio.create_task(_sweep_for_ever())
        try:
            await own.run_worker_async(
                queues=["work"],
                concurrency=CONCURRENCY,
                fetch_job_polling_interval=2.0,
                delete_jobs="always",
                shutdown_graceful_timeout=5,
                update_heartbeat_interval=5,
                stalled_worker_timeout=15,
            )
        finally:
            sweeping.cancel()


def _connection() -> dict[str, object]:
    params = dict(connector_params())
    params.pop("pool", None)
    # The queue only wakes: it need not survive a power cut.
    return {**params, "options": "-c synchronous_commit=off"}


async def _sweep_for_ever() -> None:
    while True:
        try:
            await sync_to_async(sweep, thread_sensitive=False)()
        except Exception as error:  # the outermost line of the sweep: the database may be away for a while
            log.warning("sweep_failed", error=type(error).__name__)
        await asyncio.sleep(SWEEP_SECONDS)


def sweep() -> None:
    """Wake for every organization with pending work, and forget jobs of workers that died."""
    try:
        for name, query in PENDING.items():
            for organization_id in _pending(query):
                enqueue(name, organization_id)
        _forget_stalled()
    finally:
        close_old_connections()


def _pending(query: str) -> list[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE reparto_queue")
        cursor.execute(query)
        return [organization_id for (organization_id,) in cursor.fetchall()]


def _forget_stalled() -> None:
    """Delete jobs whose worker is gone; what they woke for is found again by the sweep."""
    with contextlib.suppress(LookupError), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'doing'"
            " AND (worker_id IS NULL OR worker_id NOT IN"
            " (SELECT id FROM procrastinate_workers WHERE last_heartbeat > now() - interval '15 seconds'))"
        )
