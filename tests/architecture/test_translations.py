"""Every word on screen is said in Spanish, English and Brazilian Portuguese."""

import re
import subprocess
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.architecture.read_sources import PACKAGE

LOCALE = PACKAGE / "locale"
#: Marks of words in Python; templates are rewritten into the same by Django.
MARKS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "_",
)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Return (context, msgid) of every word that the sources may show."""
    folder = tmp_path_factory.mktemp("words")
    files = [str(path) for path in PACKAGE.rglob("*.py")]
    for number, path in enumerate(sorted((PACKAGE / "web" / "templates").rglob("*.html"))):
        copy = folder / f"{number}.py"
        copy.write_text(templatize(path.read_text(), origin=str(path)))
        files.append(str(copy))
    (folder / "files").write_text("\n".join(files))
    pot = folder / "words.pot"
    marks = [f"--keyword={mark}" for mark in MARKS]
    subprocess.run(
        [
            "xgettext",
            "--language=Python",
            "--from-code=UTF-8",
            f"--files-from={folder / 'files'}",
            f"--output={pot}",
            *marks,
        ],
        check=True,
        capture_output=True,
    )
    return {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(pot))}


class TestTranslations:
    """The catalogues."""

    @pytest.mark.parametrize("language", ["es", "pt_BR"])
    def test_lack_nothing(self, words: set[tuple[str, str]], language: str) -> None:
        """UX-30: no word that the screen may show lacks its translation."""
        catalogue = polib.pofile(str(_catalogue(language)))
        said = {(entry.msgctxt or "", entry.msgid) for entry in catalogue if entry.translated() and not entry.fuzzy}

        assert set() == words - said

    @pytest.mark.parametrize("language", ["es", "pt_BR"])
    def test_keep_the_places_for_names_and_numbers(self, language: str) -> None:
        """A translation has the very placeholders of its sentence."""
        places = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
        wrong = [
            entry.msgid
            for entry in polib.pofile(str(_catalogue(language)))
            if entry.msgstr and set(places.findall(entry.msgid)) != set(places.findall(entry.msgstr))
        ]

        assert [] == wrong

    def test_are_in_every_language_we_speak(self) -> None:
        """Spanish, English and Brazilian Portuguese have a catalogue each."""
        assert ["en", "es", "pt_BR"] == sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def _catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"
