"""What may be read about filters is what the engine takes."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class TestThePageOfFields:
    def test_says_what_the_catalogue_says(self) -> None:
        """UP-10: docs/reference/fields.md is as `scripts/write_fields.py` would write it now, every operator explained."""
        made = runpy.run_path(str(ROOT / "scripts" / "write_fields.py"))

        assert made["PAGE"].read_text(encoding="utf-8") == made["write_page"](), (
            "Run .venv/bin/python scripts/write_fields.py and commit docs/reference/fields.md."
        )
