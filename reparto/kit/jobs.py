"""
The job queue, as wake-up only: a job says "look now" at an organization, and nothing is lost if it is.

No truth lives here; a sweep finds whatever nobody was woken for. Features register their work in `jobs.py`.
"""

import threading
import time
from collections.abc import Callable
from functools import partial

import structlog
from django.db import close_old_connections, connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from .clock import now
from .forget_answers import forget_answers

log = structlog.get_logger()
#: Between two rounds of the bell: a burst of webhooks is one wake-up.
BREATH_SECONDS = 0.03

#: Name of the work → what to do for one organization.
WORK: dict[str, Callable[[int], None]] = {}


def register_work(name: str, work: Callable[[int], None]) -> None:
    """Say what a wake-up of this name does for an organization."""
    WORK[name] = work


def wake(name: str, organization_id: int) -> None:
    """Wake a worker once the running transaction has committed."""
    transaction.on_commit(partial(_bell.ring, name, organization_id))


@app.task(name="reparto.work", queue="work")
def work(name: str, organization_id: int) -> None:
    """Do the work of one name for one organization, unless this process is already at it."""
    _turns.take(name, organization_id)


class Bell:
    """
    Rings for many in one go, outside the transactions that ask for it.

    A NOTIFY inside each webhook's transaction would make their commits wait for one another.
    """

    def __init__(self) -> None:
        self._wanted: set[tuple[str, int]] = set()
        self._lock = threading.Lock()
        self._asked = threading.Event()
        self._thread: threading.Thread | None = None

    def ring(self, name: str, organization_id: int) -> None:
        """Note a wake-up and let the ringer know."""
        with self._lock:
            self._wanted.add((name, organization_id))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._ring_for_ever, name="bell", daemon=True)
                self._thread.start()
        self._asked.set()

    def _ring_for_ever(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            with self._lock:
                wanted, self._wanted = self._wanted, set()
            for name, organization_id in wanted:
                self._ring(name, organization_id)
            close_old_connections()
            # The first of a burst rings at once; those behind it ring together.
            time.sleep(BREATH_SECONDS)

    def _ring(self, name: str, organization_id: int) -> None:
        try:
            enqueue(name, organization_id)
        except Exception as error:  # the outermost line of this thread: a lost wake-up is found by the sweep
            log.warning("wake_up_lost", work=name, organization=organization_id, error=type(error).__name__)
            connection.close()


def enqueue(name: str, organization_id: int) -> None:
    """Put one wake-up into the queue unless the same one already waits there. Not durable on purpose."""
    key = f"{name}:{organization_id}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'", [key])
            if cursor.fetchone() is None:
                work.configure(queueing_lock=key).defer(name=name, organization_id=organization_id)
    except exceptions.AlreadyEnqueued:
        return


class Turns:
    """One turn at a time per work and organization in this process, so that one busy organization holds one thread."""

    def __init__(self) -> None:
        self._running: set[tuple[str, int]] = set()
        self._again: set[tuple[str, int]] = set()
        self._lock = threading.Lock()

    def take(self, name: str, organization_id: int) -> None:
        """Work, or leave word to whoever is at it to look once more."""
        key = (name, organization_id)
        with self._lock:
            if key in self._running:
                self._again.add(key)
                return
            self._running.add(key)
        try:
            self._work_until_quiet(key)
        finally:
            close_old_connections()

    def _work_until_quiet(self, key: tuple[str, int]) -> None:
        while True:
            try:
                WORK[key[0]](key[1])
            except BaseException:
                with self._lock:
                    # Word that was left meanwhile is lost with the turn; the sweep finds what it was about.
                    self._running.discard(key)
                    self._again.discard(key)
                raise
            with self._lock:
                if key not in self._again:
                    self._running.discard(key)
                    return
                self._again.discard(key)


def forget(organization_id: int) -> None:
    """Let one organization forget what nobody asks for any more."""
    forget_answers(organization_id, at=now())


register_work("forget", forget)
_bell = Bell()
_turns = Turns()
