"""`reparto demo`: the life in the demo company."""

import os
from argparse import Namespace

from ..answer import Answer
from ..enter_installation import enter_installation


def demo(options: Namespace) -> Answer:
    """Keep the demo company alive until SIGTERM."""
    with enter_installation(options.data):
        from reparto.ops.demo import run_demo

        run_demo(base_url=os.environ["REPARTO_BASE_URL"])
    return Answer("", {})
