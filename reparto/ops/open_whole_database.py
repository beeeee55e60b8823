"""The way into all of an installation's database, for copying it as a whole. No request is ever served by it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import DEVNULL, PIPE, run
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .answer import Refusal
from .data_folder import DataFolder
from .find_programs import find_programs
from .keep_secrets import keep_secrets
from .make_environment import DATABASE
from .open_installation import borrowed_server, find_cluster_alone


@contextmanager
def open_whole_database(folder: DataFolder) -> Iterator[str]:
    """
    Yield the way into the installation's database as a role that may read and write all of it.

    Raises:
        Refusal: There is no installation, or its PostgreSQL is not ours and no such way is given.

    """
    if os.environ.get("DATABASE_URL"):
        given = os.environ.get("REPARTO_ADMIN_DATABASE_URL")
        if not given:
            raise Refusal("On a PostgreSQL of your own this needs a superuser's way in: REPARTO_ADMIN_DATABASE_URL.")
        yield given
        return
    if not folder.exists():
        raise Refusal(f"There is no installation in {folder.path}. Name its folder by --data.")
    cluster = find_cluster_alone(folder, keep_secrets(folder))
    with borrowed_server(cluster) as port:
        yield cluster.url(port, DATABASE)


def run_client(url: str, name: str, *arguments: str) -> None:
    """
    Run one of PostgreSQL's client programs on the database of `url`.

    Raises:
        Refusal: It failed; has what it said.

    """
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    # Arguments can be read by everybody on the machine; the environment cannot.
    password = parts.pop("password", None) or ""
    command = [find_programs().path(name), "--no-password", f"--dbname={make_conninfo('', **parts)}", *arguments]
    environment = {**os.environ, "PGPASSWORD": password}
    done = run(command, env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{name} failed: {done.stderr.strip()[-800:]}")
