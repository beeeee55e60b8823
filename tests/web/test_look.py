"""How values are written on screen, and in which sizes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from reparto.web.look.describe_time import describe_time
from reparto.web.look.format_phone import format_phone
from reparto.web.look.hue_of import STEPS, hue_of
from reparto.web.look.initials_of import initials_of
from reparto.web.look.name_browser import name_browser
from reparto.web.look.shortcuts import SHORTCUTS
from tests.cluster import ROOT

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class TestInitials:
    """The letters inside an avatar."""

    @pytest.mark.parametrize(
        ("name", "letters"),
        [
            ("María José Irarrázaval", "MJ"),
            ("Ana de la Cruz", "AC"),
            ("madonna", "M"),
            ("", "·"),
            ("(sin nombre)", "N"),
        ],
    )
    def test_of_two_words(self, name: str, letters: str) -> None:
        """They are those of the first two words that carry the name, and never fail."""
        assert letters == initials_of(name)


class TestHue:
    """The tint of an avatar."""

    def test_always_the_same(self) -> None:
        """An id has one of the 24 tints, the same in every process."""
        assert [7, 21, 11] == [hue_of(each) for each in (1, "1001", 42)]

    def test_all_are_used(self) -> None:
        """A thousand people use all the tints."""
        assert set(range(STEPS)) == {hue_of(each) for each in range(1000)}


class TestPhone:
    """Phone numbers for people to read."""

    @pytest.mark.parametrize(
        ("stored", "shown"),
        [("+56955501204", "+56 9 5550 1204"), ("+525512345678", "+52 55 1234 5678"), ("ext. 12", "ext. 12")],
    )
    def test_international(self, stored: str, shown: str) -> None:
        """A number is grouped the international way; what is no number stays as it came."""
        assert shown == format_phone(stored)


class TestBrowsers:
    """Sessions are told apart by names that people know."""

    @pytest.mark.parametrize(
        ("said", "named"),
        [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
                "Chrome · Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) Version/17.6 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            ("Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox · Android"),
            ("curl/8.5.0", "Un navegador"),
        ],
    )
    def test_are_named_as_people_do(self, said: str, named: str) -> None:
        """The list of open sessions says browser and system, not what machines say to one another."""
        with translation.override("es"):
            assert named == name_browser(said)


class TestTime:
    """How long ago something was."""

    @pytest.mark.parametrize(
        ("before", "words"),
        [
            (timedelta(seconds=20), "now"),
            (timedelta(minutes=14), "14 min"),
            (timedelta(hours=3), "3 h"),
            (timedelta(hours=25), "yesterday, 14:00"),
            (timedelta(days=3), "fri 20"),
        ],
    )
    def test_relative_then_date(self, before: timedelta, words: str) -> None:
        """It is relative under 24 hours and a day after."""
        with translation.override("en"):
            assert words == describe_time(NOW - before, now=NOW)


class TestShortcuts:
    """The table of keys."""

    def test_no_key_twice(self) -> None:
        """No two commands share their keys, and no command stands twice."""
        keys = [shortcut.keys for shortcut in SHORTCUTS]
        commands = [shortcut.command for shortcut in SHORTCUTS]

        assert len(keys) == len(set(keys))
        assert len(commands) == len(set(commands))

    def test_none_by_position(self) -> None:
        """No shortcut needs AltGr or Alt with a letter, which many layouts spend on signs."""
        assert not [each.keys for each in SHORTCUTS if set(each.keys) & set("[]\\`") or "alt+" in each.keys]


class TestStyles:
    """The sheets in web/assets/css."""

    def test_follow_the_text_size_of_the_browser(self) -> None:
        """UX-28: no type, line or width of the screen is in px: who has set a larger text gets it, and the room for it."""
        sheets = (ROOT / "reparto" / "web" / "assets" / "css").glob("*.css")
        fixed = re.compile(r"(?:[{;\s]font|font-size|line-height|--t-\d+|@media[^{]*-width)\s*:[^;{}]*?\d+px")
        found = [f"{sheet.name}: {one.strip()}" for sheet in sheets for one in fixed.findall(sheet.read_text())]

        assert [] == found
