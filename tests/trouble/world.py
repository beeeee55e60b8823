"""
The world that writes to a company: signed webhooks, doubled, out of order, in bursts, again until answered 2xx.

It keeps an oracle of its own: an append-only file of the ids answered 2xx, on the disk before the next is sent.
"""

import http.client
import os
import random
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from reparto.kit.clock import now
from tests.cast import a_phone
from tests.road import a_text, a_webhook, sign
from tests.trouble.yard import Company

#: As many parcels are under way before one of them, whichever, is sent: so they overtake each other.
SHUFFLED = 12


@dataclass(frozen=True)
class Parcel:
    """One request to a hook, and the ids of the messages in it."""

    path: str
    body: bytes
    ids: tuple[str, ...]


def post(port: int, path: str, body: bytes, *, signature: str | None = None, seconds: float = 10) -> int:
    """Post a body signed as Meta signs; 0 when no whole answer came."""
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature or sign(body)}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()


class Oracle:
    """The file of what was answered 2xx."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._file = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._lock = threading.Lock()

    def note(self, ids: Sequence[str]) -> None:
        """Write ids down, to the disk."""
        with self._lock:
            os.write(self._file, "".join(f"{one}\n" for one in ids).encode())
            os.fsync(self._file)

    def accepted(self) -> set[str]:
        """Read what was written."""
        return set(self.place.read_text().split())


@dataclass
class World:
    """Many who write at once."""

    companies: Sequence[Company]
    ports: Sequence[int]
    oracle: Oracle
    threads: int = 6
    seed: int = 0
    pace: float = 0.0  #: seconds that each rests after an answer
    tried: dict[str, str] = field(default_factory=dict)  #: id of a message → phone of its writer
    statuses: dict[int, int] = field(default_factory=dict)  #: how often each status was heard; 0: no answer
    times: list[tuple[float, int]] = field(default_factory=list)  #: when each request began, and its status

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._lock, self._over = threading.Lock(), threading.Event()
        self._parcels = self._shuffle(self._write())
        self._running = [threading.Thread(target=self._send_for_ever) for _ in range(self.threads)]

    def __enter__(self) -> Self:
        for thread in self._running:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        """Stop; what is under way is sent until it is answered."""
        self._over.set()
        for thread in self._running:
            thread.join(120)
        assert not any(thread.is_alive() for thread in self._running)

    def _send_for_ever(self) -> None:
        while not self._over.is_set():
            with self._lock:
                parcel = next(self._parcels)
            self._send(parcel)
            self._over.wait(self.pace)

    def _send(self, parcel: Parcel) -> None:
        end = time.monotonic() + 110
        while time.monotonic() < end:
            began = time.monotonic()
            status = post(random.choice(self.ports), parcel.path, parcel.body)
            self.times.append((began, status))
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if 200 <= status < 300:
                self.oracle.note(parcel.ids)
                return
            assert status == 0 or status >= 500, f"The hook refused a good delivery with {status}."
            time.sleep(0.02)

    def _shuffle(self, parcels: Iterator[Parcel]) -> Iterator[Parcel]:
        waiting: list[Parcel] = []
        for parcel in parcels:
            waiting.append(parcel)
            if len(waiting) >= SHUFFLED:
                yield waiting.pop(self._chance.randrange(len(waiting)))

    def _write(self) -> Iterator[Parcel]:
        """One parcel in five is one that was sent before; somebody new often writes several messages at once."""
        recent: list[Parcel] = []
        known: dict[int, list[str]] = {company.organization_id: [] for company in self.companies}
        while True:
            company = self._chance.choice(list(self.companies))
            writers = known[company.organization_id]
            for parcel in self._fresh(company, writers):
                yield parcel
                recent = [*recent[-100:], parcel]
                if self._chance.random() < 0.25:
                    yield self._chance.choice(recent)

    def _fresh(self, company: Company, writers: list[str]) -> Iterator[Parcel]:
        event = self._chance.random()
        if event < 0.3 and writers:
            yield self._parcel(company, [self._chance.choice(writers)])
            return
        newcomer = a_phone()
        writers.append(newcomer)
        if event < 0.4:
            yield from (self._parcel(company, [newcomer]) for _ in range(8))
        elif event < 0.5:
            yield self._parcel(company, [newcomer, newcomer, self._chance.choice(writers)])
        else:
            yield self._parcel(company, [newcomer])

    def _parcel(self, company: Company, phones: list[str]) -> Parcel:
        texts = [a_text(phone, wamid=f"wamid.{secrets.token_hex(12)}", at=now()) for phone in phones]
        self.tried.update(zip((text["id"] for text in texts), phones, strict=True))
        return Parcel(company.path, a_webhook(company.account, *texts), tuple(text["id"] for text in texts))
