"""
A herd of real web and worker processes that is killed at random: `python -m tests.trouble.herd ORDERS`.

Starting Python with Django takes a second of processor time, so one warm process forks the others. Each child is what
runs in production: granian with the whole application, or a worker; each opens its own connections, and ends by
SIGKILL. One thread forks, reaps and kills, so that a number is never somebody else's.
"""

import contextlib
import gc
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import psycopg

from reparto.ops.tie_to_parent import tie_to_parent

#: The backend of somebody who is in the middle of a transaction, if there is one.
A_BACKEND = """
SELECT pid, xact_start IS NOT NULL, pg_terminate_backend(pid) FROM (
    SELECT pid, xact_start FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'reparto_app' AND pid <> pg_backend_pid()
    ORDER BY xact_start IS NULL, random() LIMIT 1
) one
"""


@dataclass
class Orders:
    """What a herd is told."""

    superuser: str  #: URL of the superuser, to end backends and to know of them
    ports: list[int] = field(default_factory=list)  #: a web process on each
    workers: int = 0  #: that look for work without a pause
    real_workers: int = 0  #: the product's own, with queue and sweep
    senders: int = 0  #: that only send what waits to leave
    faults: int = 0
    pause_ms: tuple[float, float] = (5.0, 30.0)
    seed: int = 0


def main(orders: Orders) -> None:
    """Keep the herd running; kill as ordered, then say so, and go on until standard input ends."""
    _load()
    herd = Herd(orders)
    herd.fill()
    _say({"running": len(herd.running)})
    herd.make_trouble()
    _say({"faults": dict(herd.faults)})
    herd.stay()
    herd.end()


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _load() -> None:
    """Load all that the children run before they are made, so that none of them pays for it."""
    for needed in ("reparto.config.asgi", "reparto.kit.run_worker", "granian.server.embed"):
        import_module(needed)
    from django.urls import resolve
    from django.utils.translation import gettext, override

    from reparto.contacts.match_key import match_key
    from reparto.kit.jobs import WORK

    assert {"desk", "send"} <= set(WORK)
    # What is loaded at the first use is used once.
    resolve("/hooks/whatsapp/key")
    match_key("phone", "+573001234567", country="MX")
    for language in ("es", "en", "pt-br"):
        with override(language):
            gettext("Unassigned")
    # What is there now stays: children share its pages instead of each copying them at their first collection.
    gc.collect()
    gc.freeze()


class Herd:
    """The processes, by number."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.chance = random.Random(orders.seed)
        self.running: dict[int, str] = {}
        self.faults: Counter[str] = Counter()
        self.admin = psycopg.connect(orders.superuser, autocommit=True)

    def fill(self) -> None:
        """Start whoever is missing."""
        wanted = [f"web {port}" for port in self.orders.ports]
        wanted += [f"worker {n}" for n in range(self.orders.workers)]
        wanted += [f"real {n}" for n in range(self.orders.real_workers)]
        wanted += [f"send {n}" for n in range(self.orders.senders)]
        here = set(self.running.values())
        for name in wanted:
            if name not in here:
                self.running[self._fork(name)] = name

    def reap(self) -> None:
        """Bury whoever has died."""
        with contextlib.suppress(ChildProcessError):
            while (dead := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self.running.pop(dead, None)

    def make_trouble(self) -> None:
        """Kill or cut as often as ordered, at random instants; whoever was killed starts again at once."""
        done = 0
        while done < self.orders.faults:
            time.sleep(self.chance.uniform(*self.orders.pause_ms) / 1000)
            done += self._fault()
            self.reap()
            self.fill()

    def stay(self) -> None:
        """Keep everybody running until told to end."""
        while not select.select([sys.stdin], [], [], 0.05)[0]:
            self.reap()
            self.fill()

    def end(self) -> None:
        """Kill all."""
        for pid in self.running:
            os.kill(pid, signal.SIGKILL)
        for pid in list(self.running):
            os.waitpid(pid, 0)

    def _fault(self) -> bool:
        if self.chance.random() < 0.2:
            return self._cut_a_backend()
        pid = self.chance.choice(self._flock())
        self.faults[f"{self.running[pid].split()[0]} killed"] += 1
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        del self.running[pid]
        return True

    def _flock(self) -> list[int]:
        """Workers three times as often as webs: a web is useful later after its start."""
        return [pid for pid, name in self.running.items() for _ in range(1 if name.startswith("web") else 3)]

    def _cut_a_backend(self) -> bool:
        row = self.admin.execute(A_BACKEND).fetchone()
        if row is None:
            return False
        self.faults["backends cut in a transaction" if row[1] else "idle backends cut"] += 1
        return True

    def _fork(self, name: str) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                tie_to_parent(parent=os.getppid())()
                # The way of the superuser is the herd's own; closed without a word to the server.
                os.close(self.admin.fileno())
                os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
                # Whoever kills must not wait for those whom it kills.
                os.nice(5)
                _live(name)
            finally:
                os._exit(1)
        return pid


def _live(name: str) -> None:
    random.seed()
    kind, _, number = name.partition(" ")
    {"web": _serve, "worker": _work, "real": _work_as_in_production, "send": _send}[kind](int(number))


def _serve(port: int) -> None:
    import asyncio

    from granian.constants import Interfaces
    from granian.server.embed import Server

    from reparto.config.asgi import application

    server = Server(
        application, port=port, interface=Interfaces.ASGI, websockets=False, log_enabled=False, backlog=1024
    )
    asyncio.run(server.serve())


def _work_as_in_production(_number: int) -> None:
    from reparto.kit.run_worker import run_worker

    run_worker()


def _work(_number: int) -> None:
    _look_for_ever("desk", "send")


def _send(_number: int) -> None:
    _look_for_ever("send")


def _look_for_ever(*names: str) -> None:
    """Do what the sweep would find, without waiting for wake-ups; an error is a worker's ordinary fate here."""
    from django.db import close_old_connections

    from reparto.kit.jobs import WORK
    from reparto.kit.run_worker import PENDING, _pending

    while True:
        found = 0
        for name in names:
            with contextlib.suppress(Exception):
                for organization_id in _pending(PENDING[name]):
                    found += 1
                    WORK[name](organization_id)
        close_old_connections()
        if not found:
            time.sleep(0.03)


if __name__ == "__main__":
    given: dict[str, Any] = json.loads(sys.argv[1])
    main(Orders(**given))
