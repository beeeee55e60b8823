"""
Make a child process end when the one that started it dies, even by `kill -9`.

Only Linux can; elsewhere this does nothing, and the next start clears away what was left.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_SET_PARENT_DEATH_SIGNAL = 1
# Loaded before the fork: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def tie_to_parent(sign: signal.Signals = signal.SIGKILL, *, parent: int | None = None) -> Callable[[], None]:
    """
    Return what the child must run first (`preexec_fn`) to receive `sign` when `parent`, preset us, is gone.

    The preset is hard: when the parent went without a word the database is going too, and an orderly end
    would only wait for it. Nothing is lost by it that a power cut would not lose.
    """
    parent = parent or os.getpid()

    def tie() -> None:
        if _libc is None:
            return
        _libc.prctl(_SET_PARENT_DEATH_SIGNAL, sign)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return tie
