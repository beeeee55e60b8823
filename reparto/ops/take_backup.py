"""
Write a consistent copy of the whole database to one file, while it is in use.

The dump is made by a role that row-level security does not bind: any other would fail, never leave rows out. The
secret key is not part of it: who finds the file alone cannot read the accounts' secrets.
"""

import json
from pathlib import Path

from reparto.kit.clock import now

from .data_folder import DataFolder
from .open_whole_database import open_whole_database, run_client


def take_backup(folder: DataFolder, *, into: Path) -> int:
    """
    Write the backup; return its size in bytes.

    Raises:
        Refusal: There is nothing to back up, no role that may read all, or no room.

    """
    draft = into.with_name(f"{into.name}.new")
    with open_whole_database(folder) as url:
        run_client(url, "pg_dump", "--format=custom", f"--file={draft}")
    draft.chmod(0o600)
    draft.replace(into)
    if folder.path.exists():
        at = now().isoformat(timespec="seconds")
        folder.last_backup.write_text(json.dumps({"at": at, "file": str(into)}))
    return into.stat().st_size
