"""`reparto up`: the whole installation in one process tree."""

from argparse import Namespace

from ..answer import Answer
from ..data_folder import DataFolder
from ..start_up import Address, start_up


def up(options: Namespace) -> Answer:
    """Run until somebody asks for the end."""
    start_up(DataFolder(options.data), address=Address(options.host, options.port), demo=options.demo)
    return Answer("", {})
