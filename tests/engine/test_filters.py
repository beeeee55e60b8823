"""The filter language: what holds, what is wrong, and what must never happen whatever is written."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reparto.engine import (
    FAULT_SENTENCES,
    FIELDS,
    OPERATORS,
    BadFilter,
    Leaf,
    Window,
    check_filter,
    fold,
    judge,
    leaves_of,
    parse_filter,
    prepare_judge,
    start_of_window,
)
from tests.engine.any_filter import FILTERS, contacts, described, facts_of
from tests.engine.builders import AT

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
UNMARKED = st.text(st.characters(exclude_categories=("Cs", "Mn")), max_size=20)


class TestJudge:
    @pytest.mark.parametrize("case", described("filters"))
    def test_holds_as_described(self, case: dict[str, Any]) -> None:
        """The filter holds for the contacts that the case says, and for none of the others."""
        node = parse_filter(case["filter"])

        assert [True] * len(case["holds"]) == [judge(node, facts_of(facts), at=AT) for facts in case["holds"]]
        assert [False] * len(case["fails"]) == [judge(node, facts_of(facts), at=AT) for facts in case["fails"]]

    @settings(max_examples=60, deadline=None)
    @given(FILTERS, contacts())
    def test_not_is_the_contrary(self, raw: dict[str, Any], facts: dict[str, Any]) -> None:
        """Not of a filter is its contrary, twice is itself, and all, any and not keep De Morgan's laws."""
        held = judge(parse_filter(raw), facts, at=AT)

        assert (not held) is judge(parse_filter({"not": raw}), facts, at=AT)
        assert held is judge(parse_filter({"not": {"not": raw}}), facts, at=AT)
        assert held is judge(parse_filter({"not": {"any": [{"not": raw}]}}), facts, at=AT)

    @settings(max_examples=60, deadline=None)
    @given(FILTERS, contacts())
    def test_the_trace_is_json_and_answers_each_question(self, raw: dict[str, Any], facts: dict[str, Any]) -> None:
        """Every question asked is traced with its answer, in JSON; asked alone it gives the same answer."""
        trace: list[Any] = []
        judge(parse_filter(raw), facts, at=AT, trace=trace)

        assert trace == json.loads(json.dumps(trace))
        for one in trace:
            alone = {key: one[key] for key in ("field", "op", "value") if one[key] is not None}
            assert one["held"] is judge(parse_filter(alone), facts, at=AT)

    def test_the_trace_stops_when_the_answer_is_known(self) -> None:
        """Of an all that fails the trace ends with the question that failed."""
        trace: list[Any] = []
        raw = {"all": [{"field": "city", "op": "is", "value": "Lima"}, {"field": "sellers", "op": ">", "value": 1}]}

        assert not judge(parse_filter(raw), facts_of({"city": "Puebla"}), at=AT, trace=trace)
        assert [{"field": "city", "op": "is", "value": "Lima", "actual": "puebla", "held": False}] == trace

    def test_values_that_are_equal_keys_are_told_apart(self) -> None:
        """One judge for many contacts answers for a number and for a truth apart, though Python holds them equal."""
        ask = prepare_judge(parse_filter({"field": "sellers", "op": "=", "value": 1}), at=AT)

        assert [True, False, True] == [ask({"sellers": value}, []) for value in (1, True, 1.0)]


class TestFaults:
    @pytest.mark.parametrize("case", described("faults"))
    def test_are_found_as_described(self, case: dict[str, Any]) -> None:
        """Each fault is found in its place, all of them at once."""
        assert case["faults"] == [f"{fault.path} {fault.code}" for fault in check_filter(case["filter"])]

    @settings(max_examples=100, deadline=None)
    @given(JSON)
    def test_nothing_else_is_raised(self, raw: Any) -> None:
        """Whatever JSON is given, it is a filter or has faults, each with a sentence."""
        faults = check_filter(raw)

        assert all(fault.message and fault.code in FAULT_SENTENCES for fault in faults)
        if not faults:
            assert judge(parse_filter(raw), {}, at=AT) in (True, False)

    @settings(max_examples=100, deadline=None)
    @given(
        st.sampled_from(["all", "any", "not", "field"]),
        JSON,
        st.sampled_from([*FIELDS, "custom.x", "custom."]),
        JSON,
        JSON,
    )
    @example("field", None, "custom.x", "=", [])
    def test_nearly_right_filters_do_not_break_it(self, key: str, inner: Any, field: str, op: Any, value: Any) -> None:
        """Filters that are right but for one part are read or refused, never worse."""
        ops = [op, *{op for known in OPERATORS.values() for op in known}]
        near = [{"field": field, "op": one, "value": value} for one in ops]

        assert all(isinstance(check_filter(raw), tuple) for raw in ({key: inner}, {key: near}, {key: [inner, *near]}))

    @settings(max_examples=60, deadline=None)
    @given(FILTERS)
    def test_what_fits_has_none(self, raw: dict[str, Any]) -> None:
        """A filter written by the catalogue has no faults, and its questions come out as they went in."""
        assert () == check_filter(raw)
        assert all(isinstance(leaf, Leaf) and leaf.op in OPERATORS[leaf.kind] for leaf in leaves_of(parse_filter(raw)))

    def test_depth_is_bounded(self) -> None:
        """INV-64: fifty levels are read, fifty-one are refused, a hundred thousand break nothing."""
        leaf: dict[str, Any] = {"field": "name", "op": "empty"}

        def nested(times: int) -> dict[str, Any]:
            raw = leaf
            for _ in range(times):
                raw = {"not": raw}
            return raw

        assert () == check_filter(nested(49))
        assert ["too_deep"] == [fault.code for fault in check_filter(nested(50))]
        assert ["too_deep"] == [fault.code for fault in check_filter(nested(100_000))]

    def test_breadth_is_bounded(self) -> None:
        """INV-64: a hundred questions are read, more are refused, however they are spread."""
        leaf = {"field": "name", "op": "empty"}
        spread = {"any": [{"all": [leaf] * 60}, {"all": [leaf] * 60}]}

        assert () == check_filter({"all": [leaf] * 100})
        assert ["too_many"] == [fault.code for fault in check_filter({"all": [leaf] * 1_000_000})]
        assert ["too_many"] == [fault.code for fault in check_filter(spread)]

    def test_long_texts_and_lists_are_refused(self) -> None:
        """A text of 1,001 characters and a list of 201 values are faults."""
        raw = {
            "all": [
                {"field": "name", "op": "is", "value": "x" * 1001},
                {"field": "owner", "op": "in", "value": list(range(1, 202))},
            ]
        }

        assert ["too_long", "not_a_list_of_values"] == [fault.code for fault in check_filter(raw)]

    def test_a_custom_field_is_known_by_its_kind(self) -> None:
        """With the company's fields at hand an unknown one is refused, and the kind decides the operators."""
        known = {"plan": "choice"}
        raw = {
            "all": [
                {"field": "custom.plan", "op": "in", "value": ["oro"]},
                {"field": "custom.plan", "op": "contains", "value": "o"},
                {"field": "custom.otro", "op": "empty"},
            ]
        }

        assert ["unknown_operator", "unknown_field"] == [fault.code for fault in check_filter(raw, custom=known)]  # type: ignore[arg-type]

    def test_the_error_names_every_place(self) -> None:
        """The message of a filter that cannot be read has each place and what is wrong there."""
        with pytest.raises(BadFilter, match=r"all\[0\]\.field: There is no field x\.") as bad:
            parse_filter({"all": [{"field": "x", "op": "is", "value": 1}]})

        assert ["all[0].field"] == [fault.path for fault in bad.value.faults]


class TestFold:
    @settings(max_examples=100, deadline=None)
    @given(UNMARKED, UNMARKED)
    def test_keeps_parts_and_is_done_once(self, one: str, other: str) -> None:
        """Folding twice is folding once, and a part of a text folds to a part of its fold."""
        assert fold(one) == fold(fold(one))
        assert fold(one + other) == fold(one) + fold(other)

    def test_every_letter_is_done_once(self) -> None:
        """There is no character of the first two planes of Unicode whose fold folds to something else."""
        letters = [sign for sign in map(chr, range(0x20000)) if not "\ud800" <= sign <= "\udfff"]

        assert [] == [sign for sign in letters if fold(fold(sign)) != fold(sign)]

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("NÚÑEZ", "nunez"),
            ("José", "jose"),
            ("Jose\u0301", "jose"),
            ("ÇA", "ca"),
            ("Straße", "strasse"),
            ("İzmir", "izmir"),
            ("ΟΔΟΣ", "οδοσ"),
            (" a ", " a "),
        ],
    )
    def test_ignores_accents_and_case(self, text: str, folded: str) -> None:
        """Accents and case are gone; spaces and everything else stay."""
        assert folded == fold(text)


class TestStartOfWindow:
    @pytest.mark.parametrize(
        ("at", "window", "start"),
        [
            ("2026-03-31T10:00:00+00:00", Window(1, "months"), "2026-02-28T10:00:00+00:00"),
            ("2024-03-31T10:00:00+00:00", Window(1, "months"), "2024-02-29T10:00:00+00:00"),
            ("2026-01-15T10:00:00+00:00", Window(13, "months"), "2024-12-15T10:00:00+00:00"),
            ("2026-12-31T10:00:00+00:00", Window(12, "months"), "2025-12-31T10:00:00+00:00"),
            ("2026-07-01T10:00:00-06:00", Window(2, "weeks"), "2026-06-17T16:00:00+00:00"),
            ("2026-07-01T10:00:00+00:00", Window(36, "hours"), "2026-06-29T22:00:00+00:00"),
            ("2026-07-01T10:00:00+00:00", Window(100_000, "months"), "0001-01-01T00:00:00+00:00"),
            ("0001-01-01T00:30:00+00:00", Window(1, "hours"), "0001-01-01T00:00:00+00:00"),
        ],
    )
    def test_is_this_instant(self, at: str, window: Window, start: str) -> None:
        """Hours, days and weeks are exact; a month ends on the last day it has; time has a beginning."""
        assert datetime.fromisoformat(start) == start_of_window(window, at=datetime.fromisoformat(at))
