"""Names on screen: whoever is written from right to left turns none of the words around them."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.read_sources import PACKAGE

TEMPLATES = PACKAGE / "web" / "templates"
#: What prints a name: `{{ contact.name|default:… }}`, and `{{ label }}` of a tag.
PRINTED = re.compile(r"\{\{ (?:(?:\w+\.)*name|label)\b[^}]*\}\}")
WORDS_OF_DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
#: Where no element may stand: inside of these, and inside of a sentence or a note to the reader.
PLAIN = re.compile(r"<(option|title|textarea|script)\b.*?</\1>", re.DOTALL)
SAID = re.compile(r"\{% (blocktranslate|comment|block title)\b.*?\{% end(blocktranslate|comment|block) ", re.DOTALL)


class TestAName:
    """The one way in which a name is shown."""

    def test_stands_by_itself(self) -> None:
        """Whatever template prints a name as text isolates it by the filter `bdi`, and none writes the element by hand."""
        bare = [f"{path.name}: {found}" for path in sorted(TEMPLATES.rglob("*.html")) for found in _bare(path)]

        assert [] == bare


def _bare(path: Path) -> Iterator[str]:
    whole = path.read_text()
    text = SAID.sub(_blank, PLAIN.sub(_blank, whole))
    marks = WORDS_OF_DJANGO.sub(_blank, text)
    for found in PRINTED.finditer(text):
        in_element = marks.rfind("<", 0, found.start()) > marks.rfind(">", 0, found.start())
        is_label = re.match(r"\{\{\s*label", found[0]) and path.name != "tag.html"
        if not in_element and not is_label and not re.search(r"\|bdi\s*\}", found[0]):
            yield found[0]
    yield from re.findall(r"<bdi>\{\{[^}]*\bname\b[^}]*\}\}", whole)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
