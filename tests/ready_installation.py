"""
A migrated installation, made once for each state of the schema and then only copied: minutes saved in every run.

It is kept in `.make/`, stopped. What must be tested from nothing does not use it.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from reparto.ops.data_folder import DataFolder, Lock
from reparto.ops.embedded_postgres import CONFIGURATION
from reparto.ops.find_programs import find_programs
from reparto.ops.keep_secrets import Secrets, keep_secrets
from reparto.ops.make_environment import embedded_urls, make_environment
from reparto.ops.migrate_database import state_of_program
from reparto.ops.open_installation import borrowed_server, bring_up_to_date, find_cluster_alone

KEPT = Path(__file__).resolve().parent.parent / ".make"
BUILD_SECONDS = 240


def copy_ready_installation(folder: DataFolder) -> Secrets:
    """Make `folder` a stopped installation whose schema is up to date; return its secrets."""
    KEPT.mkdir(exist_ok=True)
    lock = Lock(KEPT / "installation.lock")
    try:
        if not lock.alone(seconds=BUILD_SECONDS):
            raise RuntimeError(f"Another run has been making an installation in {KEPT} for {BUILD_SECONDS} s.")
        kept = KEPT / f"installation-{_key()}"
        if not kept.exists():
            _make(kept)
        _copy(kept, folder.path)
    finally:
        lock.release()
    return keep_secrets(folder)


def _key() -> str:
    version = "-".join(map(str, find_programs().version))
    return f"{version}-{hashlib.sha256((state_of_program() + CONFIGURATION).encode()).hexdigest()[:16]}"


def _make(kept: Path) -> None:
    for former in KEPT.glob(f"installation-{find_programs().version[0]}-*"):
        shutil.rmtree(former)
    # Made in an open place, because the database may run as another user; kept where only we look.
    with tempfile.TemporaryDirectory(prefix="reparto-ready-") as place:
        Path(place).chmod(0o755)
        folder = DataFolder(Path(place) / "data")
        folder.make()
        secrets = keep_secrets(folder)
        with borrowed_server(find_cluster_alone(folder, secrets)) as port:
            urls = embedded_urls(secrets, port=port)
            bring_up_to_date(make_environment(folder, urls=urls, secret_key=secrets.secret_key, base_url=""))
        _copy(folder.path, kept)


def _copy(source: Path, target: Path) -> None:
    # With owners: the database's files belong to its user. Whole or not at all.
    draft = target.with_name(f"{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    subprocess.run(["cp", "-a", str(source), str(draft)], check=True)
    draft.rename(target)
