"""The bare view, served exactly as the product's pages are: WSGI in a thread pool inside ASGI."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

threaded = WSGIMiddleware(get_wsgi_application(), workers=int(os.environ.get("REPARTO_WEB_THREADS", "8")))


async def application(
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
) -> None:
    """Hand every request to the thread pool."""
    if scope["type"] != "http":
        return

    async def received() -> MutableMapping[str, Any]:
        return await receive()

    await threaded(scope, received, send)
