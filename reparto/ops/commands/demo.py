"""`reparto demo`: the life in the demo company."""

import os
from argparse import Namespace
from importlib import import_module

from ..answer import Answer
from ..enter_installation import enter_installation


def demo(options: Namespace) -> Answer:
    """Keep the demo company alive until SIGTERM."""
    with enter_installation(options.data):
        # By name: an installation may leave the demo out, and `up` looks whether it is there.
        import_module("reparto.ops.demo").run_demo(base_url=os.environ["REPARTO_BASE_URL"])
    return Answer("", {})
