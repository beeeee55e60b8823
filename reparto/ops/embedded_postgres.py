"""
A private PostgreSQL under the data folder: made, started, found again and stopped.

It knows no role of Reparto and no table; the binaries come from `find_programs`. Whoever calls holds the lock
`database` of the data folder.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .answer import Refusal
from .data_folder import DataFolder
from .database_user import DatabaseUser, bring_within_reach, find_database_user
from .find_programs import Programs, find_programs
from .tie_to_parent import tie_to_parent

SUPERUSER = "postgres"
#: Written once, at the end of postgresql.conf, so that an administrator may change them there.
CONFIGURATION = """
# Reparto
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_preload_libraries = 'pg_stat_statements'
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
"""
#: For tests that do not pull the plug: a crash of the machine may lose the whole cluster.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One private cluster: where it is, and by which programs and as whom it runs."""

    folder: DataFolder
    password: str
    programs: Programs
    user: DatabaseUser | None
    options: tuple[str, ...] = field(default=())

    @property
    def data(self) -> Path:
        """The cluster's own folder, named by the major version that can read it."""
        return self.folder.path / f"pg{self.programs.version[0]}"

    def url(self, port: int, database: str = "postgres") -> str:
        """Return the superuser's way in."""
        return f"postgresql://{SUPERUSER}:{self.password}@127.0.0.1:{port}/{database}"

    def spawn(self, port: int, *, tied: bool) -> subprocess.Popen[bytes]:
        """Start the server as a child; `tied` makes it stop when we die, otherwise it outlives us."""
        command = [self.programs.path("postgres"), "-D", str(self.data), "-p", str(port)]
        command += [part for option in self.options for part in ("-c", option)]
        with self.folder.database_log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # SIGINT is PostgreSQL's word for: end the sessions, write all down, stop.
                preexec_fn=tie_to_parent(signal.SIGINT) if tied else None,  # noqa: PLW1509 (no threads here)
                start_new_session=True,
                **(self.user.identity() if self.user else {}),
            )

    def answers(self, port: int) -> bool:
        """Tell whether the server accepts connections."""
        command = [self.programs.path("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        return subprocess.run(command, check=False, env=_environment()).returncode == 0

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the user that owns the cluster."""
        return subprocess.run(
            [self.programs.path(program), *arguments],
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **(self.user.identity() if self.user else {}),
        )


def find_cluster(folder: DataFolder, *, password: str, options: tuple[str, ...] = ()) -> EmbeddedPostgres:
    """
    Return the cluster of a data folder, making it the first time.

    Raises:
        Refusal: No usable PostgreSQL, a folder that its user cannot reach, or a cluster of another major version.

    """
    programs, user = find_programs(), find_database_user()
    if user:
        user.require_way_to(folder.path)
        programs = bring_within_reach(programs, user, into=folder.path)
    cluster = EmbeddedPostgres(folder, password, programs, user, options)
    if not cluster.data.exists():
        _refuse_another_version(cluster)
        _initialize(cluster)
    return cluster


def start_server(
    cluster: EmbeddedPostgres, *, port: int = 0, tied: bool, pause: Callable[[float], None] = time.sleep
) -> tuple[subprocess.Popen[bytes], int]:
    """
    Start the server and wait until it answers; return it and its port (a free one for 0).

    A server that was killed first reads its journal again, which may take long: as long as it lives, we wait.

    Raises:
        Refusal: It ended at once, three times.

    """
    for attempt in range(3):
        chosen = port or _free_port()
        process = cluster.spawn(chosen, tied=tied)
        while process.poll() is None:
            if cluster.answers(chosen):
                return process, chosen
            pause(0.05)
        # Orphans of a killed server hold its shared memory for a moment.
        pause(0.5 * (attempt + 1))
    raise Refusal(f"The embedded database does not start: {_last_words(cluster)} ({cluster.folder.database_log})")


def find_running_port(cluster: EmbeddedPostgres) -> int | None:
    """Return the port on which the cluster's server runs, or None."""
    lines = _pid_file(cluster)
    return int(lines[3]) if len(lines) > 3 and _is_server(cluster, lines[0]) else None


def stop_server(cluster: EmbeddedPostgres) -> None:
    """
    Stop whatever server runs on the cluster, orphans of an earlier run included.

    A number that is left in the pid file but belongs to another program is not touched; the file is removed.
    """
    lines = _pid_file(cluster)
    if lines and not _is_server(cluster, lines[0]):
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    elif lines:
        stopped = cluster.run("pg_ctl", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "20", "stop")
        if stopped.returncode:
            cluster.run("pg_ctl", "-D", str(cluster.data), "-m", "immediate", "-w", "-t", "20", "stop")


def _refuse_another_version(cluster: EmbeddedPostgres) -> None:
    for other in cluster.folder.path.glob("pg[0-9]*/PG_VERSION"):
        raise Refusal(
            f"{other.parent} was made by another PostgreSQL than {cluster.programs.version[0]}. Take a backup with the"
            f" former Reparto (`reparto backup`), move the folder away and `reparto restore` it here."
        )


def _initialize(cluster: EmbeddedPostgres) -> None:
    # Made beside its place and moved there whole: a kill half-way leaves no half cluster.
    draft, words = cluster.folder.path / "pg.new", cluster.folder.path / "pg.password"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    words.touch(mode=0o600)
    words.write_text(cluster.password)
    if cluster.user:
        cluster.user.own(draft)
        cluster.user.own(words)
    try:
        done = cluster.run("initdb", "-D", str(draft), *_identity(cluster.programs), f"--pwfile={words}")
    finally:
        words.unlink()
    if done.returncode:
        raise Refusal(f"The embedded database cannot be made: {done.stderr.strip()[-500:]}")
    with (draft / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
    draft.rename(cluster.data)


def _identity(programs: Programs) -> list[str]:
    # The same order of texts on every system, whatever its own locale.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    locale = builtin if programs.version >= (17, 0) else ["--locale=C.UTF-8"]
    return ["-U", SUPERUSER, "-E", "UTF8", "-A", "scram-sha-256", "-k", *locale]


def _pid_file(cluster: EmbeddedPostgres) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _is_server(cluster: EmbeddedPostgres, pid: str) -> bool:
    # The number alone proves nothing: after a crash it may belong to anybody, or to a zombie.
    if sys.platform != "linux":
        return cluster.run("pg_ctl", "-D", str(cluster.data), "status").returncode == 0
    try:
        command = Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return False
    return b"postgres" in command[0] and os.fsencode(cluster.data) in command


def _last_words(cluster: EmbeddedPostgres) -> str:
    lines = cluster.folder.database_log.read_text(errors="replace").splitlines()
    fatal = [line for line in lines[-50:] if "FATAL" in line or "PANIC" in line]
    return (fatal or lines or ["it says nothing"])[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
