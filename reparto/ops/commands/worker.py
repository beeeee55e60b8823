"""`reparto worker`: one process that does the jobs."""

import os
from argparse import Namespace

from ..answer import Answer
from ..refuse_unsafe import refuse_unsafe


def worker(_options: Namespace) -> Answer:
    """Work until SIGTERM; what is in hand is finished first."""
    refuse_unsafe()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reparto.config.settings")
    import django  # here, because the checks above must not wait for it

    django.setup()
    from reparto.kit.run_worker import run_worker

    run_worker()
    return Answer("", {})
