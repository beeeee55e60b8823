"""Any filter, any contact to ask it of, and the described ones."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from reparto.engine import FIELDS, ID_FIELDS, OPERATORS, fold_facts

CASES = Path(__file__).parent / "cases"
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
WORDS = st.sampled_from(["Ana", "aná", "NÚÑEZ", "nu", "a_b", "100%", "MX", "flota", "x"])


def described(file: str) -> list[Any]:
    """The cases of a file, named by their sentences."""
    cases = json.loads((CASES / f"{file}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["sentence"]) for case in cases]


def facts_of(raw: dict[str, Any]) -> dict[str, Any]:
    """Facts as a case writes them: what looks like an instant is one."""
    dated = {
        name: datetime.fromisoformat(value) if isinstance(value, str) and value.startswith("202") else value
        for name, value in raw.items()
    }
    return dict(fold_facts(dated))


def values(kind: str, op: str, *, ids: bool) -> st.SearchStrategy[Any]:
    """Values that fit an operator."""
    single = {
        "number": st.integers(-3, 9) | st.sampled_from([0.5, 4.5]),
        "date": INSTANTS.map(lambda at: at.isoformat()),
    }
    one: st.SearchStrategy[Any] = st.integers(1, 4) if ids else single.get(kind, WORDS)
    if op in ("empty", "not_empty"):
        return st.none()
    if op in ("last", "before_last"):
        units = st.sampled_from(["hours", "days", "weeks", "months"])
        return st.fixed_dictionaries({"amount": st.integers(1, 60), "unit": units})
    if op == "between":
        return st.lists(one, min_size=2, max_size=2).map(sorted)
    return st.lists(one, min_size=1, max_size=3) if op in ("in", "not_in", "has_any", "has_all", "has_none") else one


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """A question that can be asked."""
    field = draw(st.sampled_from(sorted(FIELDS)))
    op = draw(st.sampled_from(OPERATORS[FIELDS[field]]))
    value = draw(values(FIELDS[field], op, ids=field in ID_FIELDS))
    return {"field": field, "op": op} | ({} if value is None else {"value": value})


FILTERS = st.recursive(
    leaves(),
    lambda inner: (
        st.builds(lambda key, some: {key: some}, st.sampled_from(["all", "any"]), st.lists(inner, max_size=3))
        | inner.map(lambda one: {"not": one})
    ),
    max_leaves=6,
)


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    """A contact with some of its fields."""
    facts: dict[str, Any] = {}
    for field, kind in FIELDS.items():
        one: st.SearchStrategy[Any] = st.integers(1, 4) if field in ID_FIELDS else WORDS
        some = {"number": st.integers(-3, 9), "date": INSTANTS, "set": st.lists(one, max_size=3)}.get(kind, one)
        facts[field] = draw(st.none() | (st.lists(WORDS, max_size=2) if field == "email" else some))
    return dict(fold_facts(facts))
