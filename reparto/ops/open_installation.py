"""
Lend a command a working installation: the running one, or its database started for as long as the command lasts.

Who uses the embedded database holds a share of the lock `database`; the one who is left alone may stop it. It serves
nothing and starts no worker.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .answer import Refusal
from .data_folder import DataFolder, Lock
from .embedded_postgres import EmbeddedPostgres, find_cluster, find_running_port, start_server, stop_server
from .keep_secrets import Secrets, keep_secrets
from .make_environment import DATABASE, Urls, embedded_urls, make_environment
from .migrate_database import is_migrated
from .prepare_roles import APP, OWNER, Login, prepare_roles

PATIENCE_SECONDS = 60


@contextmanager
def open_installation(path: Path, *, make: bool = False) -> Iterator[dict[str, str]]:
    """
    Yield the environment of the installation in `path`, with its database running and migrated.

    `make` begins one where there is none.

    Raises:
        Refusal: There is no installation, or its database cannot be brought up.

    """
    folder = DataFolder(path)
    if os.environ.get("DATABASE_URL"):
        yield own_environment(folder)
        return
    if not make and not folder.exists():
        raise Refusal(f"There is no installation in {path}. Begin with `reparto up`, or name its folder by --data.")
    folder.make()
    secrets = keep_secrets(folder)
    cluster = find_cluster_alone(folder, secrets)
    with borrowed_server(cluster) as port:
        environment = make_environment(
            folder, urls=embedded_urls(secrets, port=port), secret_key=secrets.secret_key, base_url=last_url(folder)
        )
        bring_up_to_date(environment)
        yield environment


def own_environment(folder: DataFolder, *, base_url: str | None = None) -> dict[str, str]:
    """Return the environment for a PostgreSQL of one's own (DATABASE_URL is set)."""
    secret_key = keep_secrets(folder).secret_key if folder.exists() else None
    urls = Urls(os.environ["DATABASE_URL"], os.environ.get("REPARTO_OWNER_DATABASE_URL"))
    return make_environment(folder, urls=urls, secret_key=secret_key, base_url=base_url or last_url(folder))


def find_cluster_alone(folder: DataFolder, secrets: Secrets) -> EmbeddedPostgres:
    """Return the cluster of a folder, made first if need be; two commands that begin at once make one."""
    lock = folder.lock("cluster")
    try:
        if not lock.alone(seconds=PATIENCE_SECONDS):
            raise Refusal(f"Another command has been making the database in {folder.path} for a minute; is it stuck?")
        return find_cluster(folder, password=secrets.superuser)
    finally:
        lock.release()


@contextmanager
def borrowed_server(cluster: EmbeddedPostgres) -> Iterator[int]:
    """Yield the port of the cluster's running server; started for us, it is stopped by whoever leaves last."""
    lock = cluster.folder.lock("database")
    try:
        port = _join(cluster, lock)
        try:
            yield port
        finally:
            if lock.try_alone():
                stop_server(cluster)
    finally:
        lock.release()


def prepare_embedded(cluster: EmbeddedPostgres, secrets: Secrets, *, port: int) -> None:
    """Make the roles and the database inside the embedded server."""
    owner, app = Login(OWNER, secrets.owner), Login(APP, secrets.app)
    prepare_roles(cluster.url(port), database=DATABASE, owner=owner, app=app)


def bring_up_to_date(environment: dict[str, str]) -> None:
    """
    Migrate the database in a process of its own, if it is not in the state that this program expects.

    Raises:
        Refusal: It is not, and there is no owner to migrate as; or the migration failed.

    """
    if is_migrated(environment["DATABASE_URL"]):
        return
    if "REPARTO_OWNER_DATABASE_URL" not in environment:
        raise Refusal("The database is not migrated; set REPARTO_OWNER_DATABASE_URL and run `reparto db migrate`.")
    # From nothing it takes a while: let whoever waits see at what.
    print("The schema is being brought up to date …", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "reparto", "db", "migrate"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise Refusal("The database could not be migrated; what went wrong stands above.")


def last_url(folder: DataFolder) -> str:
    """Return where the installation is reached, now or when it last ran."""
    try:
        return str(json.loads(folder.address.read_text())["url"])
    except (FileNotFoundError, ValueError, KeyError):
        return "http://127.0.0.1:8000"


def _join(cluster: EmbeddedPostgres, lock: Lock) -> int:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if lock.try_alone():
            _start(cluster)
        # Between alone and shared somebody may have come and gone, and have stopped it: look again.
        if lock.share(seconds=PATIENCE_SECONDS) and (port := find_running_port(cluster)):
            return port
        time.sleep(0.1)
    raise Refusal(f"The database in {cluster.folder.path} does not come up; see {cluster.folder.database_log}.")


def _start(cluster: EmbeddedPostgres) -> None:
    port = find_running_port(cluster)
    if port and cluster.answers(port):
        return
    stop_server(cluster)
    (_, port) = start_server(cluster, tied=False)
    prepare_embedded(cluster, keep_secrets(cluster.folder), port=port)
