"""Serve the web by granian, in as many processes as help. It routes nothing; see `config/asgi.py`."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from .tie_to_parent import tie_to_parent

TARGET = "reparto.config.asgi:application"
#: Beyond this an open stream would block stopping.
KILL_SECONDS = 3


def serve_web(*, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; a process that dies is replaced."""
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=min(2, os.cpu_count() or 1),
        workers_kill_timeout=KILL_SECONDS,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=load_tied, wrap_loader=True)


def load_tied(target: str) -> Callable[..., Any]:
    """Load the application in a process of granian, tied to the one that started it."""
    tie_to_parent(parent=os.getppid())()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reparto.config.settings")
    module, name = target.split(":")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application
