"""
Compile the catalogues of translations (.po) into what gettext reads (.mo).

Uses polib, so that set-up needs no gettext tools. Must not change a catalogue.
"""

import sys
from pathlib import Path

import polib


def compile_messages(folder: Path) -> int:
    """Compile every catalogue under `folder` that is newer than its result; return how many there were."""
    compiled = 0
    for catalogue in sorted(folder.rglob("*.po")):
        result = catalogue.with_suffix(".mo")
        if result.exists() and result.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        polib.pofile(str(catalogue)).save_as_mofile(str(result))
        compiled += 1
    return compiled


if __name__ == "__main__":
    compile_messages(Path(sys.argv[1] if len(sys.argv) > 1 else "reparto/locale"))
