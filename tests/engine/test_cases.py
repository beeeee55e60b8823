"""The described cases: every route, reason and strategy, each as a sentence with what is given and what follows."""

from collections.abc import Mapping
from typing import Any

import pytest

from reparto.engine import decide
from tests.engine.builders import one_at_a_time
from tests.engine.read_case import cases_of, read_snapshot, view

FILES = ("routes", "rules", "eligibility", "strategies")
CASES = [pytest.param(case, id=sentence) for file in FILES for sentence, case in cases_of(file)]


class TestDescribedCases:
    @pytest.mark.parametrize("case", CASES)
    def test_follows_as_described(self, case: Mapping[str, Any]) -> None:
        """The decisions are what the case's sentence says, in all that it mentions."""
        views = [view(decision) for decision in decide(read_snapshot(case["given"]))]

        mentioned = [{key: one[key] for key in wanted} for one, wanted in zip(views, case["then"], strict=True)]
        assert case["then"] == mentioned

    @pytest.mark.parametrize("case", CASES)
    def test_one_at_a_time_is_the_same(self, case: Mapping[str, Any]) -> None:
        """Deciding the case's items in a sitting each gives the same decisions, traces included."""
        snapshot = read_snapshot(case["given"])

        assert one_at_a_time(snapshot) == decide(snapshot)

    def test_every_case_has_its_own_sentence(self) -> None:
        """No two cases say the same, and there are many."""
        sentences = [case.id for case in CASES]

        assert len(sentences) == len(set(sentences))
        assert len(sentences) >= 120
