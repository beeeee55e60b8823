"""
Serve one live stream to one browser, as an ASGI application of its own.

It stands beside Django's handler: that would keep a thread and a database connection for as long as a stream lives.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import parse_cookie

from reparto.kit.clock import now

from .check_in import Present, check_in
from .hub import CATCH_UP, Event, Hub, Listener

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

#: Signs of life are asked at least every 20 s, and a suspended person's stream ends within 15.
BEAT_SECONDS = 15.0
#: A path may be dead for a quarter of an hour before a write fails. So no stream lives longer than this: whoever is
#: there opens the next one, and whoever is not shows no more signs of life.
LIFE_SECONDS = 120.0
#: Browsers come back this long after a stream has broken.
RETRY_MILLISECONDS = 2000
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


class ServeStream:
    """The application behind `/live`. Its few threads ask the database for all streams in turn."""

    def __init__(
        self, hub: Hub, *, beat_seconds: float = BEAT_SECONDS, life_seconds: float = LIFE_SECONDS, threads: int = 2
    ) -> None:
        self.hub = hub
        self.beat_seconds = beat_seconds
        self.life_seconds = life_seconds
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="live")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for the stream, until the browser goes or its person may no longer listen."""
        session_key = _session_key(scope.get("headers", ()))
        present = await self._check_in(session_key) if session_key and scope.get("method", "GET") == "GET" else None
        if present is None:
            await _refuse(send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        listener = self.hub.join(present.organization_id)
        try:
            await _first_of(self._tell(listener, session_key, present, send), _gone(receive))
        finally:
            self.hub.leave(listener)
        await send({"type": "http.response.body", "body": b""})

    async def _tell(self, listener: Listener, session_key: str, present: Present, send: Send) -> None:
        """Write events and beats; return when the person may no longer listen, or is to open the next stream."""
        await _write(send, f"retry: {RETRY_MILLISECONDS}\n\n")
        clock = asyncio.get_running_loop().time
        beat_at, ends_at = clock() + self.beat_seconds, clock() + self.life_seconds
        while True:
            event = await listener.hear(seconds=beat_at - clock())
            if event is None and clock() >= ends_at:
                await _write(send, "event: again\ndata: {}\n\n")
                return
            if event is None or _is_about(event, present):
                if await self._check_in(session_key) != present:
                    return
                beat_at = clock() + self.beat_seconds
            await _write(send, _as_text(event))

    async def _check_in(self, session_key: str) -> Present | None:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, lambda: check_in(session_key, at=now()))
        except DatabaseError:
            # Nobody can be asked: the stream ends, and the browser comes back by itself.
            return None


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": b"Sign in first.\n"})


async def _first_of(*works: Any) -> None:
    """Wait until one of several ends, then end the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _as_text(event: Event | None) -> str:
    if event is None:
        # An event, and no comment: a browser that hears none any more opens the stream anew.
        return "event: beat\ndata: {}\n\n"
    if event == CATCH_UP:
        return "event: catch_up\ndata: {}\n\n"
    return f"event: live\ndata: {json.dumps({'topic': event.topic, 'ids': list(event.ids)})}\n\n"


def _is_about(event: Event, present: Present) -> bool:
    """Say whether an event may be that this very person was suspended."""
    return event.topic == "people" and (not event.ids or present.person_id in event.ids)


def _session_key(headers: Iterable[tuple[bytes, bytes]]) -> str:
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name.lower() == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


#: The hub of this process.
serve_stream = ServeStream(Hub())
