"""What may be read about permissions is what the code asks (INV-33)."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class TestThePageOfPermissions:
    def test_says_what_the_table_says(self) -> None:
        """INV-33: docs/reference/permissions.md is as `scripts/write_permissions.py` would write it now."""
        made = runpy.run_path(str(ROOT / "scripts" / "write_permissions.py"))

        assert made["PAGE"].read_text(encoding="utf-8") == made["write_page"](), (
            "Run .venv/bin/python scripts/write_permissions.py and commit docs/reference/permissions.md."
        )
