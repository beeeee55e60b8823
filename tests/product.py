"""A whole Reparto for a test: `reparto up` on a free port and a data folder of its own, driven as its operator would."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from reparto.ops.data_folder import DataFolder
from tests.cluster import ROOT
from tests.ready_installation import copy_ready_installation

READY = re.compile(r"Reparto is ready: (\S+)")


@dataclass(frozen=True)
class Said:
    """What a command of `reparto` said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of `--json`."""
        return json.loads(self.out)


@dataclass
class Product:
    """One installation; `start`, `stop` and `kill` as often as wanted, the data stays."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """All that `up` and its children said."""
        return self.data.with_name(f"{self.data.name}.log")

    def make_ready(self) -> None:
        """Begin with a migrated installation instead of with nothing, which takes much longer to start."""
        copy_ready_installation(DataFolder(self.data))

    def start(self, *options: str, seconds: float = 90) -> None:
        """Start `reparto up` and wait for its one line."""
        self.port = self.port or free_port()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*REPARTO, "up", "--data", str(self.data), "--port", str(self.port), *options],
                env=clean_environment() | self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        watchdog = threading.Timer(seconds, self.process.kill)
        watchdog.start()
        try:
            line = self.process.stdout.readline() if self.process.stdout else ""
        finally:
            watchdog.cancel()
        if not READY.match(line):
            self.stop()
            raise RuntimeError(f"`reparto up` did not become ready: {line}{self.log.read_text()[-3000:]}")

    def stop(self, sign: signal.Signals = signal.SIGTERM, seconds: float = 30) -> int:
        """Ask `up` to stop; return its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        return status

    def family(self) -> list[psutil.Process]:
        """Every process below `up`."""
        if self.process is None or self.process.poll() is not None:
            return []
        return psutil.Process(self.process.pid).children(recursive=True)

    def processes(self, kind: str) -> list[psutil.Process]:
        """The processes of one kind: "web", "worker", or "postgres" (the server and its sessions)."""
        return [process for process in self.family() if _is_of(process, kind)]

    def kill(self, kind: str) -> int:
        """`kill -9` every process of a kind; return how many there were."""
        found = self.processes(kind)
        for process in found:
            process.kill()
        return len(found)

    def cli(self, *arguments: str) -> Said:
        """Run a command of `reparto` on this installation."""
        return run_reparto(*arguments, "--data", str(self.data), environment=self.environment)


#: Not the script of .venv: it starts the same, and works in a checkout that is not installed.
REPARTO = (sys.executable, "-m", "reparto")


def run_reparto(*arguments: str, environment: dict[str, str] | None = None) -> Said:
    """Run a command of `reparto` with an environment that knows nothing of the tests."""
    done = subprocess.run(
        [*REPARTO, *arguments],
        env=clean_environment() | (environment or {}),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def clean_environment() -> dict[str, str]:
    """Return our environment without what the tests have set for themselves."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("REPARTO_")}
    if "REPARTO_PG_BIN" in os.environ:
        kept["REPARTO_PG_BIN"] = os.environ["REPARTO_PG_BIN"]
    return kept | {"REPARTO_ALLOW_PRIVATE_HOSTS": "127.0.0.1"}


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lives(process: psutil.Process) -> bool:
    """Tell whether a process has not ended; one that ends while it is asked has."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(claim: Any, *, seconds: float = 10) -> bool:
    """Tell whether `claim()` becomes true in time. For other processes only; our own code is handed its time."""
    end = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _is_of(process: psutil.Process, kind: str) -> bool:
    try:
        command = process.cmdline()
    except psutil.Error:
        return False
    return any("postgres" in word for word in command[:1]) if kind == "postgres" else kind in command[2:5]
