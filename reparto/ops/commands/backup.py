"""`reparto backup`: everything the database holds, in one file."""

from argparse import Namespace

from ..answer import Answer
from ..data_folder import DataFolder
from ..take_backup import take_backup


def backup(options: Namespace) -> Answer:
    """Write the backup; an older file of the same name is replaced only by a whole new one."""
    size = take_backup(DataFolder(options.data), into=options.file.absolute())
    keep = "It does not hold the secret key: keep a copy of secrets.json apart from it."
    return Answer(f"{options.file}: {size} bytes. {keep}", {"file": str(options.file), "bytes": size})
