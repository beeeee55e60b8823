"""
One LISTEN connection of a process, fanned out to the streams of each organization.

It reads no table. Whoever may have missed an event is told to catch up, so nothing is lost in silence.
"""

import asyncio
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connections

from reparto.kit.live import CHANNEL

#: Events that a stream may have waiting; a slower reader is told to catch up instead.
MOST_WAITING = 100
#: What happened between drawing a page and opening its stream is told again.
RECENT_SECONDS = 10.0
#: A connection that says nothing for this long is asked whether it is still there.
QUIET_SECONDS = 20.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed: a topic and which rows; no topic at all means "look at everything again"."""

    topic: str
    ids: tuple[int, ...] = ()


CATCH_UP = Event("")


class Listener:
    """What one stream has yet to hear."""

    def __init__(self, organization_id: int) -> None:
        self.organization_id = organization_id
        self._events: asyncio.Queue[Event] = asyncio.Queue(MOST_WAITING)

    def offer(self, event: Event) -> None:
        """Add an event; a full queue is replaced by one request to catch up."""
        if event == CATCH_UP or self._events.full():
            while not self._events.empty():
                self._events.get_nowait()
            event = CATCH_UP
        self._events.put_nowait(event)

    async def hear(self, *, seconds: float) -> Event | None:
        """Wait for the next event; None when there was none for so long."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                return await self._events.get()
        except TimeoutError:
            return None


class Hub:
    """All streams of this process. Belongs to one event loop; begins to listen with its first stream."""

    def __init__(self) -> None:
        self._listeners: dict[int, set[Listener]] = defaultdict(set)
        self._recent: deque[tuple[float, int, Event]] = deque(maxlen=1000)
        self._task: asyncio.Task[None] | None = None

    def join(self, organization_id: int) -> Listener:
        """Let a stream hear what concerns an organization, from a few seconds ago on."""
        listener = Listener(organization_id)
        since = time.monotonic() - RECENT_SECONDS
        for at, organization, event in self._recent:
            if at >= since and organization == organization_id:
                listener.offer(event)
        self._listeners[organization_id].add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen_for_ever())
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a stream that has ended."""
        remaining = self._listeners[listener.organization_id]
        remaining.discard(listener)
        if not remaining:
            del self._listeners[listener.organization_id]

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _listen_for_ever(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_way_in(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    pause = FIRST_PAUSE_SECONDS
                    # Whatever was said before this instant, nobody here has heard.
                    self._tell_all(CATCH_UP)
                    await self._pass_on(connection)
            except (OSError, TimeoutError, psycopg.Error):
                # The database restarts or cannot be reached: streams stay open and catch up later.
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _pass_on(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for said in connection.notifies(timeout=QUIET_SECONDS):
                self._tell(said.payload)
            # Quiet, or gone without a word?
            async with asyncio.timeout(QUIET_SECONDS):
                await connection.execute("SELECT 1")

    def _tell(self, payload: str) -> None:
        said = json.loads(payload)
        event = Event(said["topic"], tuple(said["ids"]))
        self._recent.append((time.monotonic(), said["organization"], event))
        for listener in self._listeners.get(said["organization"], ()):
            listener.offer(event)

    def _tell_all(self, event: Event) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.offer(event)


def _way_in() -> dict[str, Any]:
    """Return the app's own way into the database, beside Django's pool: LISTEN must keep its connection."""
    known = connections.settings["default"]
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    found = {name: known[key] for key, name in names.items() if known.get(key)}
    options = {key: value for key, value in known.get("OPTIONS", {}).items() if key != "pool"}
    return {"connect_timeout": 5, **options, **found}
