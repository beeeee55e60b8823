"""Every row of UX that hands work about is proved in a real browser, by a test that names it in its own sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BROWSER = Path(__file__).resolve().parents[1] / "browser"
ROWS = [f"UX-{number}" for number in (*range(1, 10), *range(16, 20), *range(21, 25), 27, 28)]


class TestEveryScreenRow:
    @pytest.mark.parametrize("row", ROWS)
    def test_is_proved_in_a_browser(self, row: str) -> None:
        """A row that no browser test names in its own sentence is a promise that nobody looked at."""
        assert [one for one in SENTENCES if re.search(rf"\b{row}\b", one)]


def _sentences() -> Iterator[str]:
    for path in sorted(BROWSER.glob("test_*.py")):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                yield ast.get_docstring(one) or ""


SENTENCES = tuple(_sentences())
