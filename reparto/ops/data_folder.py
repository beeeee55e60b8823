"""Where an installation keeps its things: one folder, its names, its locks. It opens no database."""

import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .answer import Refusal


def preset_folder() -> Path:
    """
    Return the data folder of this user when none is named: REPARTO_DATA, else a system place.

    The same from every working directory, so that two commands never mean two installations. Root's
    home is private, and the database cannot run as root, so root's installation is under /var/lib.
    """
    if named := os.environ.get("REPARTO_DATA"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/reparto")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "reparto"


@dataclass(frozen=True)
class DataFolder:
    """The folder of one installation."""

    path: Path

    @property
    def secrets(self) -> Path:
        """Passwords of the embedded database and the secret key, readable by this user alone."""
        return self.path / "secrets.json"

    @property
    def address(self) -> Path:
        """Where `reparto up` serves, or served last."""
        return self.path / "address.json"

    @property
    def database_log(self) -> Path:
        """What the embedded database says."""
        return self.path / "postgres.log"

    @property
    def last_backup(self) -> Path:
        """When the last backup was made, and where to."""
        return self.path / "last_backup.json"

    @property
    def demo(self) -> Path:
        """Stands there when the folder is the demo's."""
        return self.path / "demo"

    def exists(self) -> bool:
        """Tell whether an installation has been made here."""
        return self.secrets.exists()

    def make(self) -> None:
        """Create the folder; others may pass through it, because the database may run as another user."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o711)
        except OSError as error:
            raise Refusal(
                f"The data folder {self.path} cannot be made: {error.strerror}. Choose one by --data."
            ) from None

    def lock(self, name: str) -> "Lock":
        """Return the lock of this name, not yet held."""
        return Lock(self.path / f"{name}.lock")


class Lock:
    """A lock between processes on one file; the kernel lets go of it when its holder dies."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is held yet."""
        self._file: IO[str] = path.open("a")

    def try_alone(self) -> bool:
        """Hold it alone if nobody else holds it now. A share held before is lost when this fails."""
        return self._try(fcntl.LOCK_EX)

    def alone(self, *, seconds: float, pause: Callable[[float], None] = time.sleep) -> bool:
        """Hold it alone, waiting at most so long; tell whether it worked."""
        return self._wait(fcntl.LOCK_EX, seconds, pause)

    def share(self, *, seconds: float) -> bool:
        """Hold it together with others, waiting at most so long for somebody who holds it alone."""
        return self._wait(fcntl.LOCK_SH, seconds, time.sleep)

    def release(self) -> None:
        """Let go."""
        self._file.close()

    def _wait(self, kind: int, seconds: float, pause: Callable[[float], None]) -> bool:
        end = time.monotonic() + seconds
        while not self._try(kind):
            if time.monotonic() > end:
                return False
            pause(0.02)
        return True

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
