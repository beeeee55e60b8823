"""Set Django up inside an installation, for a command that calls a verb of the rooms below."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .open_installation import open_installation


@contextmanager
def enter_installation(path: Path, *, make: bool = False) -> Iterator[None]:
    """
    Run with the installation's environment and Django ready; its database is started if nobody has.

    Raises:
        Refusal: There is no installation in `path` (and `make` is not set), or it cannot be opened.

    """
    with open_installation(path, make=make) as environment:
        # A command holds one connection; a pool would only cost its start.
        os.environ |= environment | {"REPARTO_DB_POOL": "0"}
        import django
        from django.conf import settings
        from django.db import connections

        # A command wakes the workers but does nothing of theirs: not loading it saves a third of the time.
        settings.PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
        django.setup()
        try:
            yield
        finally:
            connections.close_all()
