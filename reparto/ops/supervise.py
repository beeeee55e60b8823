"""
Keep child processes running, and end them in reverse order. It knows nothing of what they do.

Signals are only noted when they come, and acted upon in `pause`: a signal in the middle of starting a child
would otherwise leave one that nobody knows of.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

#: A child that lived longer than this had started well; it is started again at once.
WELL_SECONDS = 10.0
QUICK_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 10.0
#: A child that ends by itself so often in a row before all are ready will not do better the next time.
HOPELESS = 3


class StopAsked(Exception):
    """Somebody asked for the end: SIGTERM, SIGINT or SIGHUP."""


class Hopeless(Exception):
    """A child ends again and again before the installation was ready."""


@dataclass
class Child:
    """One process that should always run, and how it is doing."""

    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    #: Seconds between asking it to stop and killing it.
    grace: float = 4.0
    #: Children of one stage stop together, the highest stage first.
    stage: int = 0
    #: Whether an end with status 0 is final (the demo may have nothing more to show).
    may_finish: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    falls: int = 0

    def start(self) -> None:
        """Start it now."""
        self.start_again_at, self.started_at = None, time.monotonic()
        self.process = self.spawn()

    def fell(self, status: int) -> None:
        """Note that it ended, and when to start it again."""
        lived = time.monotonic() - self.started_at
        # Killed from outside says nothing about the program; ending by itself at once means that something is wrong.
        self.falls = 0 if status < 0 or lived > WELL_SECONDS else self.falls + 1
        wait = QUICK_SECONDS if self.falls == 0 else min(0.25 * 2**self.falls, LONGEST_WAIT_SECONDS)
        self.start_again_at = time.monotonic() + wait
        _note(f"{self.name} ended ({_ending(status)}); starting it again in {wait:.1f} s")

    def ask_to_stop(self) -> None:
        """Ask it to end, if it runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait_for_end(self) -> None:
        """Wait until it has ended, kill it when its grace is over, and let none of its followers remain."""
        if self.process is None:
            return
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            _note(f"{self.name} does not stop; killing it")
            self.process.kill()
            self.process.wait()
        self.signal_group(signal.SIGKILL)

    def signal_group(self, sign: signal.Signals) -> None:
        """Send a signal to the child's whole process group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, sign)


@dataclass
class Supervisor:
    """The children, in the order in which they were started."""

    children: list[Child] = field(default_factory=list)
    ready: bool = False
    _asked: bool = False
    _wake: tuple[socket.socket, socket.socket] = field(default_factory=socket.socketpair)

    def listen(self) -> None:
        """Begin to note signals."""
        # Whoever writes to a full buffer has woken us already.
        self._wake[1].setblocking(False)
        signal.set_wakeup_fd(self._wake[1].fileno(), warn_on_full_buffer=False)
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._ask)
        # Needs a handler to wake us; what has ended is found by looking.
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def start(self, child: Child) -> None:
        """Start a child and keep it running from now on."""
        child.start()
        self.children.append(child)

    def pause(self, seconds: float) -> None:
        """
        Wait, but not longer than until a child needs something; then see to it.

        Raises:
            StopAsked: The end was asked for.
            Hopeless: A child does not come up.

        """
        due = [child.start_again_at for child in self.children if child.start_again_at]
        wait = min([seconds, *(at - time.monotonic() for at in due)])
        if select.select([self._wake[0]], [], [], max(wait, 0))[0]:
            self._wake[0].recv(4096)
        if self._asked:
            raise StopAsked
        self._look_after_children()

    def stop_all(self) -> None:
        """End all children, the highest stage first; whoever does not listen is killed."""
        for stage in sorted({child.stage for child in self.children}, reverse=True):
            together = [child for child in self.children if child.stage == stage]
            for child in together:
                child.ask_to_stop()
            for child in together:
                child.wait_for_end()
        self.children.clear()

    def _look_after_children(self) -> None:
        for child in list(self.children):
            if child.start_again_at is not None:
                if child.start_again_at <= time.monotonic():
                    _start_again(child)
            elif child.process and (status := child.process.poll()) is not None:
                self._fell(child, status)

    def _fell(self, child: Child, status: int) -> None:
        # A killed leader may leave followers that would hold its port.
        child.signal_group(signal.SIGKILL)
        if child.may_finish and status == 0:
            self.children.remove(child)
            return
        child.fell(status)
        if not self.ready and child.falls >= HOPELESS:
            raise Hopeless(f"{child.name} ended {child.falls} times with {_ending(status)}; what it said stands above.")

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True


def _start_again(child: Child) -> None:
    try:
        child.start()
    except OSError as error:  # no memory or no process to be had just now
        _note(f"{child.name} cannot start: {error.strerror}")
        child.fell(1)


def _ending(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"


def _note(text: str) -> None:
    print(f"reparto: {text}", file=sys.stderr, flush=True)
