"""Which of a filter's answers settled it (BY-1)."""

from typing import Any

import pytest
from hypothesis import given, settings

from reparto.engine import find_settling, judge, parse_filter
from tests.engine.any_filter import FILTERS, contacts, described, facts_of
from tests.engine.builders import AT


class TestFindSettling:
    @settings(max_examples=300, deadline=None)
    @given(FILTERS, contacts())
    def test_names_what_the_answer_hung_on(self, raw: dict[str, Any], facts: dict[str, Any]) -> None:
        """BY-1: each question that it names speaks for the answer, and below a *not* by not being met."""
        trace: list[Any] = []
        held = judge(parse_filter(raw), facts, at=AT, trace=trace)
        settling = find_settling(raw, trace)

        assert all((one.answer["held"] is not one.denied) is held for one in settling)
        assert all(any(one.answer is asked for asked in trace) for one in settling)

    @pytest.mark.parametrize("case", described("settling"))
    def test_of_a_filter_as_described(self, case: dict[str, Any]) -> None:
        """The case says by field what a *not* denied and what settled the answer besides."""
        trace: list[Any] = []
        held = judge(parse_filter(case["filter"]), facts_of(case["facts"]), at=AT, trace=trace)
        said = [("not " if one.denied else "") + one.answer["field"] for one in find_settling(case["filter"], trace)]

        assert (case["held"], case["settling"]) == (held, said)
