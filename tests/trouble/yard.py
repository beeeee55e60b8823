"""
A yard for trouble: a database of its own, a company in it, and the herd of processes that works there.

What is committed here is committed; whoever counts does so as the superuser, past every organization.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections, transaction
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from reparto.channels.models import Account
from reparto.kit.clock import now
from reparto.people.actor import Actor
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.rules.models import Rule
from reparto.rules.queries import frozen_rule_set
from tests.cast import Cast, a_company, a_rule, a_whatsapp_account
from tests.cluster import ROOT, Cluster
from tests.product import eventually, free_port

#: Nobody's sign of life grows old while a test runs.
LONG = timedelta(days=2)


@dataclass(frozen=True)
class Company:
    """A company whose people are there, with one WhatsApp number and one rule that deals to three of them in turn."""

    cast: Cast
    account: Account
    rule: Rule

    @property
    def organization_id(self) -> int:
        """Which it is."""
        return self.cast.organization_id

    @property
    def team(self) -> tuple[Actor, ...]:
        """Whom the rule deals to, in its order."""
        return (self.cast.alba, self.cast.bruno, self.cast.carla)

    @property
    def path(self) -> str:
        """The address of its hook."""
        return f"/hooks/whatsapp/{self.account.key}"


@dataclass(frozen=True)
class Yard:
    """One database, and how to look into it."""

    app: str
    superuser: str

    def ask(self, question: str, *parameters: Any) -> list[dict[str, Any]]:
        """Ask as the superuser, who sees what is committed, in all organizations."""
        with psycopg.connect(self.superuser, row_factory=dict_row) as asking:
            return asking.execute(question, parameters or None).fetchall()

    def count(self, table: str, where: str = "true") -> int:
        """Count committed rows."""
        return int(self.ask(f"SELECT count(*) AS n FROM {table} WHERE {where}")[0]["n"])

    def fingerprint(self) -> dict[str, str]:
        """Return a checksum of every table but those of wake-ups."""
        tables = self.ask(
            "SELECT relname AS t FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        names = sorted(row["t"] for row in tables if not row["t"].startswith("procrastinate"))
        summed = "SELECT '{0}' AS name, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS checksum FROM {0} t"
        rows = self.ask(" UNION ALL ".join(summed.format(name) for name in names))
        return {row["name"]: row["checksum"] for row in rows}

    def pending(self) -> int:
        """Count what came in and is not absorbed, and what is due and not decided."""
        return self.count("intake_delivery", "absorbed_at IS NULL") + self.count(
            "assignment_waiting", "due_at <= now()"
        )

    def wait_until_quiet(self, seconds: float = 120) -> None:
        """Wait until nothing is pending, for as long as it becomes less; a busy machine may take its time."""
        left, end = self.pending(), time.monotonic() + seconds
        while left:
            assert time.monotonic() < end, f"{left} still wait, and for {seconds} s not one less."
            time.sleep(0.1)
            if (now_left := self.pending()) < left:
                left, end = now_left, time.monotonic() + seconds

    @contextmanager
    def herd(self, *, webs: int = 0, **orders: Any) -> Iterator["Processes"]:
        """Run processes on this database, and end them."""
        ports = [free_port() for _ in range(webs)]
        told = json.dumps({"superuser": self.superuser, "ports": ports, **orders})
        environment = os.environ | {"DATABASE_URL": self.app, "REPARTO_DB_POOL": "1", "REPARTO_WEB_THREADS": "4"}
        environment |= {"REPARTO_ALLOW_PRIVATE_HOSTS": "127.0.0.1"}
        place = Path(os.environ["REPARTO_TEST_RUN"]) / f"herd-{os.getpid()}.log"
        with place.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.trouble.herd", told],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        try:
            processes = Processes(process, ports, place)
            assert processes.hear()["running"]
            for port in ports:
                assert eventually(partial(_listens, port), seconds=60)
            yield processes
        finally:
            process.communicate(timeout=30)


@dataclass
class Processes:
    """A running herd."""

    process: "subprocess.Popen[str]"
    ports: Sequence[int]
    log: Path

    def hear(self) -> dict[str, Any]:
        """Wait for the next thing that the herd says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"The herd ended with {self.process.wait()}:\n{self.log.read_text()[-3000:]}"
        said: dict[str, Any] = json.loads(line)
        return said


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def open_yard(cluster: Cluster, name: str) -> Yard:
    """Make a fresh database."""
    return Yard(app=cluster.clone(name).app, superuser=cluster.superuser_url(name))


@contextmanager
def inside(yard: Yard) -> Iterator[None]:
    """Let this process's own Django work on a yard."""
    described = connections["default"].settings_dict
    former = dict(described)
    connections.close_all()
    # What was remembered of another database, where the same number names something else.
    frozen_rule_set.cache_clear()
    place = conninfo_to_dict(yard.app)
    described.update(NAME=place["dbname"], USER=place["user"], PASSWORD=place["password"])
    described.update(HOST=place["host"], PORT=str(place["port"]))
    try:
        yield
    finally:
        connections.close_all()
        frozen_rule_set.cache_clear()
        described.clear()
        described.update(former)


def settle(name: str = "Cordillera") -> Company:
    """Found a company whose three agents are there and receive in turn."""
    with transaction.atomic():
        cast = a_company(name)
        team = (cast.alba, cast.bruno, cast.carla)
        account = a_whatsapp_account(admin=cast.admin, auto=team)
        rule = a_rule(*team, admin=cast.admin)
        for person in team:
            show_sign_of_life(person.person_id, at=now() + LONG)
    # Backends are cut at random here; ours would be in the way of it.
    connections.close_all()
    return Company(cast, account, rule)
