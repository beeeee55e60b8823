"""Every row of LG and AC is proved by name, over page and over API."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
ROWS = [*(f"LG-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11)), *(f"AC-{number}" for number in range(1, 6))]
#: Where tests look at a page, and where they ask the API; one file has a class for each.
BY_PAGE = ("web/test_*.py", "browser/test_*.py", "rows/test_*_by_page.py")
BY_API = ("api/test_*.py", "flows/test_*_by_api.py", "rows/test_*_by_api.py")


class TestEveryRow:
    @pytest.mark.parametrize("row", ROWS)
    def test_is_proved_by_page_and_by_api(self, row: str) -> None:
        """A row without a test that names it in its sentence, in either form, is a promise that nobody holds."""
        name = re.compile(rf"\b{row}\b")
        named = {form: [text for text in texts if name.search(text)] for form, texts in (("page", PAGE), ("API", API))}

        assert [] == [form for form, found in named.items() if not found]


def _texts(patterns: tuple[str, ...], part: str) -> list[str]:
    whole = [path.read_text(encoding="utf-8") for pattern in patterns for path in sorted(TESTS.glob(pattern))]
    return [*whole, _class_of(TESTS / "rows" / "test_ac.py", part)]


def _class_of(path: Path, name: str) -> str:
    parts = re.split(r"^class ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next(part for part in parts if part.startswith(f"{name}:"))


PAGE, API = _texts(BY_PAGE, "TestByPage"), _texts(BY_API, "TestByApi")
