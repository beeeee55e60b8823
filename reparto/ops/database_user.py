"""As whom the embedded database runs. PostgreSQL refuses to run as root, so root lends it another user."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .answer import Refusal
from .find_programs import Programs

NAMES = ("postgres", "nobody")


@dataclass(frozen=True)
class DatabaseUser:
    """The user that owns the database's files and runs its programs."""

    name: str
    uid: int
    gid: int

    def identity(self) -> dict[str, Any]:
        """Return what `subprocess` needs to run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        os.chown(path, self.uid, self.gid)

    def require_way_to(self, folder: Path) -> None:
        """
        Check that this user may enter `folder`.

        Raises:
            Refusal: A folder above it is private.

        """
        entered = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], capture_output=True, check=False, **self.identity()
        )
        if entered.returncode:
            raise Refusal(
                f"PostgreSQL does not run as root, and the user {self.name} may not enter {folder}. Choose a data"
                f" folder that others may pass through (--data /var/lib/reparto), or run as an ordinary user."
            )


def find_database_user() -> DatabaseUser | None:
    """Return the user to lend when we are root; None when we run it as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in NAMES:
        try:
            known = pwd.getpwnam(name)
        except KeyError:
            continue
        return DatabaseUser(name, known.pw_uid, known.pw_gid)
    raise Refusal(f"PostgreSQL does not run as root and none of the users {', '.join(NAMES)} exists; make one of them.")


def bring_within_reach(programs: Programs, user: DatabaseUser, *, into: Path) -> Programs:
    """
    Return programs that `user` can run, copied into the folder `into` if those found are in a private place.

    A checkout in root's home is such a place. The wheel's libraries lie beside its package, so both are copied.
    """
    if _can_run(programs, user):
        return programs
    package = programs.folder.parent.parent
    copy = into / f"postgres-{programs.version[0]}.{programs.version[1]}"
    if not copy.exists():
        draft = into / f"{copy.name}.{os.getpid()}.new"
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), draft / f"{package.name}.libs")
        draft.chmod(0o755)
        draft.rename(copy)
    return Programs(copy / package.name / "pginstall" / "bin", programs.version)


def _can_run(programs: Programs, user: DatabaseUser) -> bool:
    try:
        return not subprocess.run(
            [programs.path("postgres"), "--version"], capture_output=True, check=False, **user.identity()
        ).returncode
    except PermissionError:
        return False
