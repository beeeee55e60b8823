"""`reparto restore`: a backup, read into an empty installation."""

from argparse import Namespace

from ..answer import Answer
from ..data_folder import DataFolder
from ..restore_backup import restore_backup


def restore(options: Namespace) -> Answer:
    """Read the backup; an installation that holds anything is refused."""
    restore_backup(DataFolder(options.data), source=options.file.absolute())
    return Answer(f"{options.file} is restored; start it by `reparto up`.", {"file": str(options.file)})
