"""
One private PostgreSQL for a whole run of the tests, shared by all its processes, with the roles of production.

The schema is migrated once, as the owner, into the template `reparto`; each test process works on a clone of it, as the app.
Whoever needs it first starts it; it ends with the run, also when the run is killed (see `hold_cluster.py`).
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from reparto.ops.data_folder import DataFolder
from reparto.ops.keep_secrets import Secrets
from reparto.ops.make_environment import DATABASE, Urls, embedded_urls
from reparto.ops.migrate_database import state_of_program
from reparto.ops.prepare_roles import OWNER

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 300


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL for tests."""

    folder: str
    port: int
    #: The process that holds it; on SIGTERM it stops the server and removes the folder.
    holder: int
    secrets: Secrets

    def superuser_url(self, database: str = "postgres") -> str:
        """The way in that no row-level security binds, for what a test must arrange or count."""
        return f"postgresql://postgres:{self.secrets.superuser}@127.0.0.1:{self.port}/{database}"

    def urls(self, database: str) -> Urls:
        """The app's and the owner's ways into a database."""
        return embedded_urls(self.secrets, port=self.port, database=database)

    def clone(self, database: str, *, of: str = DATABASE) -> Urls:
        """Make `database` a fresh copy of the migrated template, or of another, throwing away what it was."""
        self.drop(database)
        with psycopg.connect(self.superuser_url(), autocommit=True) as admin:
            _say(admin, "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY wal_log", database, of, OWNER)
            said = sql.SQL("COMMENT ON DATABASE {} IS {}")
            admin.execute(said.format(sql.Identifier(database), sql.Literal(state_of_program())))
        return self.urls(database)

    def drop(self, database: str) -> None:
        """Drop a database, ending whatever still uses it."""
        with psycopg.connect(self.superuser_url(), autocommit=True) as admin:
            _say(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def write(self, place: Path) -> None:
        """Tell the other processes of the run where it is."""
        draft = place.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)))
        draft.rename(place)


def join_cluster(run: Path, *, durable: bool = False) -> Cluster:
    """
    Return the cluster of the run whose folder is `run`, starting it if nobody has.

    A durable one has the settings of production: for tests that kill it and count what is left.
    """
    kind = "durable" if durable else "forgetful"
    place = run / f"{kind}.json"
    lock = DataFolder(run).lock(kind)
    try:
        if not lock.alone(seconds=START_SECONDS):
            raise RuntimeError(f"Another test process has been starting a cluster in {run} for {START_SECONDS} s.")
        if not place.exists():
            _start(run, kind, place)
    finally:
        lock.release()
    return _read(place)


def stop_clusters(run: Path) -> None:
    """Stop what `join_cluster` has started for this run, and wait for it."""
    for place in run.glob("*.json"):
        holder = _read(place).holder
        end = time.monotonic() + 30
        try:
            os.kill(holder, 15)
            while time.monotonic() < end:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(holder, os.WNOHANG)  # started by ourselves, it would stay as a zombie
                os.kill(holder, 0)
                time.sleep(0.02)
        except ProcessLookupError:
            place.unlink(missing_ok=True)


def _start(run: Path, kind: str, place: Path) -> None:
    controller = os.environ["REPARTO_TEST_CONTROLLER"]
    log = run / f"{kind}.log"
    with log.open("wb") as out:
        holder = subprocess.Popen(
            [sys.executable, "-m", "tests.hold_cluster", str(run), kind, controller],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    while not place.exists():
        if holder.poll() is not None:
            raise RuntimeError(f"The test cluster did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.02)


def _read(place: Path) -> Cluster:
    values: dict[str, Any] = json.loads(place.read_text())
    return Cluster(**{**values, "secrets": Secrets(**values["secrets"])})


def _say(admin: psycopg.Connection[tuple[object, ...]], statement: str, *names: str) -> None:
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
