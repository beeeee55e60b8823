"""Every row of LG, AC and UP is proved by name, over page and over API, in this folder."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROWS = [f"{rows}-{number}" for rows, last in (("LG", 11), ("AC", 5), ("UP", 10)) for number in range(1, last + 1)]
#: A whole file is of one form, or a class of it; what neither says is proved by function, which is another matter.
FORMS = {"page": ("_by_page", "TestByPage"), "API": ("_by_api", "TestByApi")}


class TestEveryRow:
    @pytest.mark.parametrize("row", ROWS)
    def test_is_proved_by_page_and_by_api(self, row: str) -> None:
        """A row that no test of a form names in its own sentence is a promise that nobody holds."""
        name = re.compile(rf"\b{row}\b")

        assert [] == [form for form, sentences in SENTENCES.items() if not any(map(name.search, sentences))]


def _sentences(form: str) -> Iterator[str]:
    ending, name = FORMS[form]
    for path in sorted(HERE.glob("test_*.py")):
        for group in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(group, ast.ClassDef) and (path.stem.endswith(ending) or group.name == name):
                yield from _said_by(group)


def _said_by(group: ast.ClassDef) -> Iterator[str]:
    for test in group.body:
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            yield ast.get_docstring(test) or ""


SENTENCES = {form: tuple(_sentences(form)) for form in FORMS}
