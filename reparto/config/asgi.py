"""
One process kind for the web: live streams have an application of their own, all the rest is WSGI in a thread pool.

Plain ASGI for everything was four times slower; a stream in a thread would hold the thread, and one behind Django's
ASGI handler would hold a thread and a database connection as well.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reparto.config.settings")

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

from reparto.config.wsgi import application as pages  # noqa: E402  (the settings must be named first)
from reparto.web.live.serve_stream import serve_stream  # noqa: E402  (Django must be set up first)

threaded = WSGIMiddleware(pages, workers=int(os.environ.get("REPARTO_WEB_THREADS", "8")))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a request to the handler of its kind."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live":
        await serve_stream(scope, receive, send)
    elif scope["type"] == "http":
        await threaded(scope, _as_coroutine(receive), send)


def _as_coroutine(receive: Receive) -> Receive:
    """Make a coroutine of what the server gives: the thread of a page may only schedule those (bodies of POST)."""

    async def ask() -> MutableMapping[str, Any]:
        return await receive()

    return ask


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
