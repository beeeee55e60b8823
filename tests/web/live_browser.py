"""A browser's side of the live stream, without a browser: it opens, reads, leaves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as PERSON_KEY
from django.contrib.sessions.backends.db import SessionStore

from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.enter_request import SESSION_KEY
from reparto.people.queries import find_person
from reparto.web.live.hub import Hub
from reparto.web.live.serve_stream import ServeStream

#: Nothing is told or ended by a beat, so that what is heard was announced, however long a busy machine takes.
NEVER = 3600.0
#: Seconds after which a wait was in vain.
PATIENCE = 60.0


@dataclass
class Browser:
    """One stream, as a browser sees it."""

    cookie: str
    method: str = "GET"
    sent: list[dict[str, Any]] = field(default_factory=list)
    leaves: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    @property
    def status(self) -> int:
        """The status of the answer; 0 before it came."""
        return int(self.sent[0]["status"]) if self.sent else 0

    @property
    def text(self) -> str:
        """All that came so far."""
        return "".join(part["body"].decode() for part in self.sent[1:])

    async def receive(self) -> dict[str, Any]:
        """Say nothing until the browser leaves."""
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, part: dict[str, Any]) -> None:
        """Keep what the stream writes."""
        self.sent.append(part)

    async def open(self, stream: ServeStream) -> None:
        """Ask for the stream and read it to its end."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.cookie}".encode()
        scope = {"type": "http", "method": self.method, "path": "/live", "headers": [(b"cookie", cookie)]}
        await stream(scope, self.receive, self.send)
        self.ended = True

    async def until(self, claim: Callable[["Browser"], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not claim(self):
                await asyncio.sleep(0.005)

    async def hears(self, text: str) -> None:
        """Wait until a text has come."""
        await self.until(lambda one: text in one.text)


@dataclass
class Room:
    """A process that serves streams."""

    stream: ServeStream
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    browsers: list[Browser] = field(default_factory=list)

    async def enter(self, cookie: str, *, method: str = "GET") -> Browser:
        """Open a stream and wait until it is answered."""
        browser = Browser(cookie, method)
        self.browsers.append(browser)
        self.tasks.append(asyncio.create_task(browser.open(self.stream)))
        await browser.until(lambda one: bool(one.sent))
        return browser


@asynccontextmanager
async def a_room(*, beat_seconds: float = NEVER, life_seconds: float = NEVER) -> AsyncIterator[Room]:
    """Make a process that serves streams, without beats unless told; end them all afterwards."""
    hub = Hub()
    room = Room(ServeStream(hub, beat_seconds=beat_seconds, life_seconds=life_seconds))
    try:
        yield room
    finally:
        for browser in room.browsers:
            browser.leaves.set()
        await asyncio.gather(*room.tasks)
        await hub.stop()


def sign_in(actor: Actor) -> str:
    """Sign a person in; return the key of their login session."""
    with in_organization(actor.organization_id):
        person = find_person(actor.person_id)
        session = SessionStore()
        session[PERSON_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[SESSION_KEY] = actor.organization_id
        session.save()
    return str(session.session_key)
