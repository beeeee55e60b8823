"""
Knock at every door as everybody in every situation, and write down what is not as the table says.

What is refused may not change, queue or send anything; what may not be seen answers the same bytes, whatever is behind it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from reparto.kit.clock import now
from reparto.kit.tenancy import enter_organization
from reparto.people.issue_token import issue_token
from reparto.people.permissions import ON_ORGANIZATION, ON_THINGS
from tests.web.visitor import Visitor

from .bodies import Asked, Way, body_of, ways
from .routes import Door
from .scene import BOTH, MISSING, OWN, RELATIONS, ROLES, STRANGER, WALKERS, Scene, tables

type Verdict = Literal["open", "refused", "hidden"]
#: A field of every form, made anew for each answer.
TOKEN = re.compile(rb'(csrf[^>]*?(?:value|content)=")[^"]*"')
SITUATIONS = (*RELATIONS, STRANGER, MISSING)


@dataclass(frozen=True)
class Cell:
    """Somebody at a door, in a situation, with one body."""

    door: Door
    way: Way
    who: str
    situation: str

    def __str__(self) -> str:
        return f"{self.who} · {self.door} · {self.way.label or '—'} · {self.situation}"


@dataclass
class Walk:
    """One walk; `wrong` is what was found, `walked` counts the cells."""

    scene: Scene
    by: Literal["page", "api"]
    drawn: bool = False  #: pages with the shell around them, which a refused fragment is spared
    wrong: list[str] = field(default_factory=list)
    walked: int = 0
    _books: str = ""  #: of before the first door

    def through(self, doors: list[Door]) -> list[str]:
        """Walk through doors, and return what was wrong."""
        self._clients()
        self._books = self.books()
        for door in doors:
            for way in ways(door):
                # Who is elsewhere than their role differs by the thing: on the organization roles are simply added.
                for who in self._elsewhere if door.about else ROLES:
                    self._knock_as(who, door, way)
        if self.books() != self._books:
            self.wrong.append("what was open was not taken back: no refusal after it can be judged")
        return self.wrong

    @property
    def _elsewhere(self) -> tuple[str, ...]:
        """All walkers by API; by page, which asks the same verbs, one of those whose role is elsewhere."""
        return tuple(WALKERS) if self.by == "api" else (*ROLES, BOTH)

    def unseen(self, doors: list[Door]) -> list[str]:
        """Look only at what may not be seen, and return where one was told from the other."""
        for door in doors:
            # Who sees least, and whoever sees by two grants; whatever an administrator may not see is another company's.
            for who in ("agent", BOTH) if door.about else ("admin",):
                self._tell_apart(who, door, ways(door)[0])
        return self.wrong

    def _tell_apart(self, who: str, door: Door, way: Way) -> None:
        cells = [Cell(door, way, who, one) for one in SITUATIONS]
        hidden = [cell for cell in cells if self._path(cell) is not None and self._verdict(cell) == "hidden"]
        answers = [self._knock(cell) for cell in hidden]
        for cell, answer in zip(hidden, answers, strict=True):
            self._note(cell, "hidden", answer)
        self._compare(f"{who} · {door}", [plain_bytes(answer) for answer in answers])

    def _compare(self, said: str, hidden: list[bytes]) -> None:
        for other in hidden[1:]:
            if other != hidden[0]:
                told = _difference(hidden[0], other)
                self.wrong.append(f"{said}: what may not be seen is told apart: {told}")

    def _knock_as(self, who: str, door: Door, way: Way) -> None:
        cells = [Cell(door, way, who, one) for one in (SITUATIONS if door.parameters else (OWN,))]
        judged = [(cell, self._verdict(cell)) for cell in cells if self._path(cell) is not None]
        before, hidden = _traces(), list[bytes]()
        for cell, verdict in judged:
            if verdict != "open":
                answer = self._knock(cell)
                hidden += [plain_bytes(answer)] if verdict == "hidden" else []
                self._note(cell, verdict, answer)
        self._compare(f"{who} · {door} · {way.label}", hidden)
        # What was open has been taken back, and a refusal that wrote nothing at all need not be asked further.
        after = _traces()
        if after != before and (after.queued != before.queued or self.books() != self._books):
            self.wrong.append(f"{who} · {door} · {way.label}: a refused request changed something")
        for cell in (cell for cell, verdict in judged if verdict == "open"):
            self._note(cell, "open", self._knock(cell, keep=False))

    def _note(self, cell: Cell, verdict: Verdict, answer: HttpResponse | Exception) -> None:
        self.walked += 1
        if isinstance(answer, Exception):
            self.wrong.append(f"{cell}: {answer!r}")
            return
        status = answer.status_code
        fits = {
            "open": status < 500 and (status not in (401, 403, 404, 405) or (status == 404 and cell.way.absent)),
            "refused": status in cell.way.refused,
            "hidden": status == 404,
        }
        if not fits[verdict]:
            self.wrong.append(f"{cell}: {status}, should be {verdict}  {answer.content[:200]!r}")

    def _verdict(self, cell: Cell) -> Verdict:
        """Return what the table says."""
        actions = cell.way.actions or cell.door.actions
        on_organization = [one for one in actions if one in ON_ORGANIZATION]
        if on_organization and not any(self._has(cell, one) for one in on_organization):
            return "refused"
        if cell.situation in (STRANGER, MISSING) and cell.door.parameters:
            return "hidden"
        if cell.door.about and not self._sees(cell):
            return "hidden"
        if cell.way.only:
            return "open" if cell.who in cell.way.only else "refused"
        return "open" if cell.situation in cell.way.anyway or self._may(cell, actions) else "refused"

    def _sees(self, cell: Cell) -> bool:
        view = "conversation.view" if cell.door.about == "conversation_id" else "contact.view"
        return self._allows(cell, view)

    def _may(self, cell: Cell, actions: tuple[str, ...]) -> bool:
        return any(self._has(cell, one) if one in ON_ORGANIZATION else self._allows(cell, one) for one in actions)

    def _has(self, cell: Cell, action: str) -> bool:
        return any(granted.role in ON_ORGANIZATION[action] for granted in self.scene.walkers[cell.who].grants)

    def _allows(self, cell: Cell, action: str) -> bool:
        standing = RELATIONS[cell.situation][cell.who]
        return any(relation in ON_THINGS[action].get(role, ()) for role, relation in standing)

    def _path(self, cell: Cell) -> str | None:
        """Return the address with its ids; None where the scene has no such row of the company's own."""
        thing, values = self.scene.thing(cell.situation, cell.who), {}
        for name in cell.door.parameters:
            value = getattr(thing, name, None) if cell.door.about else None
            if value is None and cell.situation == STRANGER:
                value = self.scene.foreign_id(name)
            if value is None and cell.situation == MISSING:
                value = 999_999_999
            if value is None and (cell.door.about or cell.situation == OWN):
                value = self.scene.own_id(name)
            if value is None:
                return None
            values[name] = value
        return cell.door.path.format(**values)

    def _knock(self, cell: Cell, *, keep: bool = True) -> HttpResponse | Exception:
        body = body_of(cell.door, cell.way, Asked(self.scene, cell.who))
        try:
            with transaction.atomic():
                enter_organization(0)  # whoever asks brings their own organization
                answer = self._send(cell.who, cell.door.method, self._path(cell) or "", body)
                if not keep:
                    transaction.set_rollback(True)
        except Exception as error:  # a page that fails is a finding, not the end of the walk
            return error
        return answer

    def _send(self, who: str, method: str, path: str, body: Any) -> HttpResponse:
        client, headers = self._clients()[who]
        if self.by == "api":
            content = json.dumps(body or {}).encode() if method != "GET" else b""
            return client.generic(method, f"/api/v1{path}", content, content_type="application/json", headers=headers)
        # A refused fragment is a toast: the walk would else spend its time on drawing the shell.
        fragment = {} if self.drawn else {"HX-Request": "true"}
        content = urlencode(body or {}, doseq=True).encode() if method != "GET" else b""
        form = "application/x-www-form-urlencoded"
        return client.generic(method, path, content, content_type=form, headers=fragment)

    def _clients(self) -> dict[str, tuple[Client, dict[str, str]]]:
        return self._doorkeys

    @cached_property
    def _doorkeys(self) -> dict[str, tuple[Client, dict[str, str]]]:
        made: Callable[[Any], tuple[Client, dict[str, str]]] = _by_token if self.by == "api" else _by_sign_in
        return {who: made(walker) for who, walker in self.scene.walkers.items()}

    def books(self) -> str:
        """Return a sum of all that both companies have."""
        sums = []
        for cast in (self.scene.strangers, self.scene.cast):
            enter_organization(cast.organization_id)
            with connection.cursor() as cursor:
                cursor.execute(BOOKS)
                sums.append(cursor.fetchone()[0])
        return "".join(sums)


@dataclass(frozen=True)
class Traces:
    """How many rows this transaction has written so far, also those that it took back, and what waits for its commit."""

    written: int
    queued: int


def _traces() -> Traces:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return Traces(int(cursor.fetchone()[0]), len(connection.run_on_commit))


def _by_sign_in(walker: Any) -> tuple[Client, dict[str, str]]:
    return Visitor(walker).client, {}


def _by_token(walker: Any) -> tuple[Client, dict[str, str]]:
    enter_organization(walker.organization_id)
    token = issue_token(walker.person_id, name="walk", at=now())
    return Client(), {"Accept-Language": "es", "Authorization": f"Bearer {token}"}


def plain_bytes(answer: HttpResponse | Exception) -> bytes:
    """Return an answer without what is made anew each time."""
    if isinstance(answer, Exception):
        return repr(answer).encode()
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name != "Content-Length")
    return TOKEN.sub(rb"\1", answer.content) + "\n".join(headers).encode()


def _difference(one: bytes, other: bytes) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[place - 40 : place + 40]!r} and {other[place - 40 : place + 40]!r}"


def _sums() -> Iterator[str]:
    for table in tables():
        yield f"(SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM {table} t)"


BOOKS = "SELECT " + " || ".join(_sums())
