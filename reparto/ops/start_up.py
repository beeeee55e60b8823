"""
Bring a whole installation up, keep it up, and take it down: what `reparto up` does.

Database (unless DATABASE_URL is set), roles, schema, web, workers, in this order; down in reverse. It serves nothing
itself, and loads no Django, so that the process that must not die stays small.
"""

import http.client
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .admit_demo import admit_demo
from .answer import Refusal
from .data_folder import DataFolder, Lock
from .embedded_postgres import EmbeddedPostgres, start_server, stop_server
from .keep_secrets import keep_secrets
from .make_environment import embedded_urls, make_environment
from .open_installation import bring_up_to_date, find_cluster_alone, own_environment, prepare_embedded
from .supervise import Child, Hopeless, StopAsked, Supervisor
from .tie_to_parent import tie_to_parent

#: The longest wait for a first answer; a machine that is busy with other work may need it.
READY_SECONDS = 90
WORKERS = 2


@dataclass(frozen=True)
class Address:
    """Where the web listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104 (compared, not bound)
        host = "127.0.0.1" if everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def start_up(folder: DataFolder, *, address: Address, demo: bool = False) -> None:
    """
    Run the installation in `folder` until somebody asks for the end.

    Raises:
        Refusal: It cannot come up, or is up already.

    """
    folder.make()
    alone = folder.lock("up")
    if not alone.try_alone():
        raise Refusal(f"Reparto is already up on {folder.path}. Stop that one first, or name another folder by --data.")
    # Our share in the database: without it a command would take itself for the last user and stop it.
    share = folder.lock("database")
    port = Lock(_port_lock(address.port))
    supervisor = Supervisor()
    supervisor.listen()
    try:
        base_url = os.environ.get("REPARTO_BASE_URL") or address.url
        admit_demo(folder, host=address.host, demo=demo)
        if not port.try_alone():
            raise Refusal(f"Another Reparto is starting or up on port {address.port}. Choose another one by --port.")
        _require_free(supervisor, address)
        _run(supervisor, _environment(supervisor, folder, base_url, share), address, demo=demo)
    except StopAsked:
        pass
    except Hopeless as error:
        raise Refusal(str(error)) from None
    finally:
        supervisor.stop_all()
        port.release()
        share.release()
        alone.release()


def _run(supervisor: Supervisor, environment: dict[str, str], address: Address, *, demo: bool) -> None:
    bring_up_to_date(environment)
    for child in _children(environment, address):
        supervisor.start(child)
    _wait_until_it_serves(supervisor, address)
    said = {"url": environment["REPARTO_BASE_URL"], "pid": os.getpid()}
    DataFolder(Path(environment["REPARTO_DATA"])).address.write_text(json.dumps(said))
    print(f"Reparto is ready: {address.url}", flush=True)
    supervisor.ready = True
    if demo:
        _start_demo(supervisor, environment)
    while True:
        supervisor.pause(60)


def _environment(supervisor: Supervisor, folder: DataFolder, base_url: str, share: Lock) -> dict[str, str]:
    # The secret key must outlive this run, so the folder keeps one unless the administrator does.
    secrets = keep_secrets(folder)
    if os.environ.get("DATABASE_URL"):
        return own_environment(folder, base_url=base_url)
    cluster = find_cluster_alone(folder, secrets)
    # Commands that started the database for themselves finish first; whatever then still runs is left over.
    if not share.alone(seconds=READY_SECONDS, pause=supervisor.pause):
        raise Refusal(f"Other commands have been using {folder.path} for {READY_SECONDS} s; are they stuck?")
    port = _start_database(supervisor, cluster)
    prepare_embedded(cluster, secrets, port=port)
    share.share(seconds=READY_SECONDS)
    urls = embedded_urls(secrets, port=port)
    return make_environment(folder, urls=urls, secret_key=secrets.secret_key, base_url=base_url)


def _start_database(supervisor: Supervisor, cluster: EmbeddedPostgres) -> int:
    stop_server(cluster)
    process, port = start_server(cluster, tied=True, pause=supervisor.pause)
    database = Child("database", lambda: cluster.spawn(port, tied=True), stop_signal=signal.SIGINT, grace=20.0)
    database.process, database.started_at = process, time.monotonic()
    supervisor.children.append(database)
    return port


def _children(environment: dict[str, str], address: Address) -> list[Child]:
    listening = ["--host", address.host, "--port", str(address.port)]
    workers = [
        Child(f"worker {n}", lambda: _spawn(["worker"], environment), grace=7.0, stage=1) for n in range(1, WORKERS + 1)
    ]
    return [*workers, Child("web", lambda: _spawn(["web", *listening], environment), stage=2)]


def _spawn(command: list[str], environment: dict[str, str], *, loud: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reparto", *command, "--data", environment["REPARTO_DATA"]],
        env=environment,
        stdin=subprocess.DEVNULL,
        # Standard output carries the one line that says it is ready; what children say goes beside it.
        stdout=None if loud else sys.stderr,
        process_group=0,
        preexec_fn=tie_to_parent(),  # noqa: PLW1509 (no threads here)
    )


def _start_demo(supervisor: Supervisor, environment: dict[str, str]) -> None:
    if importlib.util.find_spec("reparto.ops.demo") is None:
        raise Refusal("This Reparto has no demo; start it without --demo.")
    supervisor.start(Child("demo", lambda: _spawn(["demo"], environment, loud=True), stage=2, may_finish=True))


def _port_lock(port: int) -> Path:
    # The web of two that start side by side would share the port, each answering every other request. One file a user:
    # the port of another user cannot be shared.
    return Path(tempfile.gettempdir()) / f"reparto-{os.getuid()}-port-{port}.lock"


def _require_free(supervisor: Supervisor, address: Address) -> None:
    # What a killed `up` has left behind needs a moment to notice.
    end = time.monotonic() + 6
    while (reason := _busy(address)) is not None:
        if time.monotonic() > end:
            raise Refusal(f"{address.url} cannot be used: {reason}. Choose another port by --port.")
        supervisor.pause(0.2)


def _busy(address: Address) -> str | None:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            return error.strerror
    return None


def _wait_until_it_serves(supervisor: Supervisor, address: Address) -> None:
    end = time.monotonic() + READY_SECONDS
    while not _serves(address):
        if time.monotonic() > end:
            raise Refusal(f"The web did not answer within {READY_SECONDS} s; what it said stands above.")
        supervisor.pause(0.05)


def _serves(address: Address) -> bool:
    there = urlsplit(address.url)
    connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
