"""Examine an installation: settings, database role, schema, workers, backups. It only looks."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import psycopg

from reparto.kit.clock import now

from .data_folder import DataFolder
from .find_role_faults import find_role_faults
from .migrate_database import is_migrated
from .open_installation import open_installation

#: A worker says every few seconds that it lives.
HEARTBEAT_SECONDS = 30
BACKUP_DAYS = 2


@dataclass(frozen=True)
class Finding:
    """What was looked at and how it is."""

    subject: str
    verdict: Literal["ok", "warning", "fault"]
    said: str


def examine_installation(path: Path) -> tuple[Finding, ...]:
    """
    Return one finding for each thing looked at.

    Raises:
        Refusal: There is no installation in `path`, or it cannot be opened.

    """
    with open_installation(path) as environment:
        os.environ |= environment | {"REPARTO_DB_POOL": "0"}
        url = environment["DATABASE_URL"]
        looks: tuple[tuple[str, Callable[[], Finding]], ...] = (
            ("settings", _settings),
            ("database role", lambda: _role(url)),
            ("schema", lambda: _schema(url)),
            ("workers", lambda: _workers(url)),
            ("backups", lambda: _backups(DataFolder(path))),
        )
        return tuple(_look(subject, look) for subject, look in looks)


def _look(subject: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except psycopg.Error as error:
        return Finding(subject, "fault", str(error).strip())


def _settings() -> Finding:
    import django
    from django.core.checks import WARNING, run_checks

    try:
        django.setup()
        problems = [check for check in run_checks() if check.level >= WARNING]
    except Exception as error:  # whatever keeps the settings from loading is the finding
        return Finding("settings", "fault", str(error))
    said = " ".join(f"{problem.id}: {problem.msg}" for problem in problems)
    return Finding("settings", "fault" if problems else "ok", said or "they load, and Django finds nothing wrong")


def _role(url: str) -> Finding:
    with psycopg.connect(url) as connection:
        faults = find_role_faults(connection)
        known = f"{connection.info.user} on PostgreSQL {connection.info.server_version // 10000}"
    return Finding(
        "database role", "fault" if faults else "ok", " ".join(faults) or f"{known} may do no more than it should"
    )


def _schema(url: str) -> Finding:
    if is_migrated(url):
        return Finding("schema", "ok", "up to date")
    return Finding("schema", "fault", "not up to date; run `reparto db migrate`")


def _workers(url: str) -> Finding:
    alive = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
    with psycopg.connect(url) as connection:
        (count,) = connection.execute(alive, [HEARTBEAT_SECONDS]).fetchone() or (0,)
    if not count:
        return Finding("workers", "fault", f"no sign of life for {HEARTBEAT_SECONDS} s; is `reparto up` running?")
    return Finding("workers", "ok", f"{count} at work")


def _backups(folder: DataFolder) -> Finding:
    try:
        last = json.loads(folder.last_backup.read_text())
    except FileNotFoundError:
        return Finding("backups", "warning", "none was ever made by `reparto backup` on this machine")
    age = now() - datetime.fromisoformat(last["at"])
    verdict: Literal["ok", "warning"] = "warning" if age.days >= BACKUP_DAYS else "ok"
    return Finding("backups", verdict, f"the last one was made {last['at']} into {last['file']}")
