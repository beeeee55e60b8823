"""
Where a run of the tests keeps what it makes: in memory where there is room, for a database of a thousand small files
is copied there in a tenth of the time; else on the disk.

What is killed and counted afterwards stays on the disk, with the settings of production.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")
#: A run needs a quarter of it.
ROOM = 4 << 30
ASIDE = Path(__file__).resolve().parent.parent / ".make" / "bytecode"


def make_run_folder() -> Path:
    """Make the folder of this run, and throw away those of runs that were killed."""
    # Not pytest's own folder: that is private, and the database may run as another user.
    disk = Path(tempfile.gettempdir())
    for place in (MEMORY, disk):
        for former in place.glob("reparto-run-*"):
            if former.name == _name(os.getpid()) or not psutil.pid_exists(int(former.name.rpartition("-")[2])):
                shutil.rmtree(former, ignore_errors=True)
    return _make((MEMORY if _has_room() else disk) / _name(os.getpid()))


def on_disk(run: Path) -> Path:
    """Return the folder of a run that is on the disk; `drop_run_folder` throws it away, too."""
    return _make(_of_disk(run))


def drop_run_folder(run: Path) -> None:
    """Throw away what a run has made."""
    for folder in (run, _of_disk(run)):
        shutil.rmtree(folder, ignore_errors=True)


def keep_bytecode() -> None:
    """Where no bytecode may stand beside the sources, keep it aside: else each process compiles all of them again."""
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(ASIDE)
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": sys.pycache_prefix}


def _name(process: int) -> str:
    return f"reparto-run-{process}"


def _of_disk(run: Path) -> Path:
    return Path(tempfile.gettempdir()) / run.name


def _make(folder: Path) -> Path:
    folder.mkdir(mode=0o755, exist_ok=True)
    return folder


def _has_room() -> bool:
    """Tell whether both the place and the machine have it: a container may be given little of what a machine has."""
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return False
    return min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) >= ROOM
