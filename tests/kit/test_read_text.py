"""Texts that people typed: what nobody sees goes, and what belongs to a script stays."""

import pytest

from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line, read_lines


class TestUnseenSigns:
    @pytest.mark.parametrize(
        "text",
        ["👨‍👩‍👧", "🏳️‍🌈 sí", "👩🏽‍💻", "می‌خواهم", "क्‍ष", "נָעֳמִי"],
    )
    def test_stay_where_they_join(self, text: str) -> None:
        """A joiner between emoji, or letters of a script that is written with it, is part of the word."""
        assert text == read_line(text, path="name", limit=40, faults=Faults())
        assert text == read_lines(text, path="text", limit=40, faults=Faults())

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("Ev\u200da", "Eva"),
            ("\u200dEva\u200c", "Eva"),
            ("می\u200c", "می"),
            ("می\u200c خواهم", "می خواهم"),
            ("Eva\u200b\u202e", "Eva"),
            ("👨\u200d\u200d👩", "👨👩"),
        ],
    )
    def test_go_where_they_only_hide(self, text: str, left: str) -> None:
        """Between Latin letters, at an end, twice, or to turn a text round: names stay comparable by the eye."""
        assert left == read_line(text, path="name", limit=40, faults=Faults())
