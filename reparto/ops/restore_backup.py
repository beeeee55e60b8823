"""Read a backup into an installation that holds nothing yet. It never merges."""

from pathlib import Path

import psycopg

from .answer import Refusal
from .data_folder import DataFolder
from .keep_secrets import keep_secrets
from .open_whole_database import open_whole_database, run_client


def restore_backup(folder: DataFolder, *, source: Path) -> None:
    """
    Restore `source`, all or nothing.

    The next start migrates it, if it was made by an older Reparto.

    Raises:
        Refusal: No such file, the database holds tables, or the file is no backup.

    """
    if not source.is_file():
        raise Refusal(f"There is no file {source}.")
    folder.make()
    keep_secrets(folder)
    with open_whole_database(folder) as url:
        with psycopg.connect(url) as connection:
            holds = connection.execute("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')").fetchone()
        if holds == (True,):
            raise Refusal(f"The installation in {folder.path} is not empty; restore into a new folder by --data.")
        run_client(url, "pg_restore", "--single-transaction", "--exit-on-error", str(source))
