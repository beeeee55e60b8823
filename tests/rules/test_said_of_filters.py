"""What is said of filters without judging anybody is true of everybody: nobody meets them, or another takes all (BY-8)."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from reparto.engine import All, parse_filter, prepare_judge
from reparto.rules.covers import covers
from reparto.rules.flatten_filter import flatten_filter
from reparto.rules.implies import implies
from reparto.rules.narrow_conditions import Known, narrow_conditions
from reparto.rules.never_holds import never_holds
from tests.cast import AT

#: Days before the first judging, and after it; some are judged two days later.
INSTANTS = [AT + timedelta(days=days) for days in (-4, -3, -2, -1, 0, 1)]
DAYS = [instant.isoformat() for instant in INSTANTS]
TIMES = (AT, AT + timedelta(days=2))
FIELDS: dict[str, tuple[tuple[str, ...], list[Any], list[Any]]] = {
    # operators, values that are asked, values that there are
    "city": (("is", "is_not", "contains", "starts"), ["a", "ab", "abc", "b"], [None, "a", "ab", "abc", "b", "cab"]),
    "email": (("is", "is_not", "contains", "starts"), ["a", "ab", "b"], [None, ("a",), ("a", "b"), ("ab",), ("b",)]),
    "country": (("is",), ["mx", "co", "pe"], [None, "mx", "co", "pe", "cl"]),
    "sellers": (("=", "<", "<=", ">", ">="), [1, 2, 3], [None, 0, 1, 2, 2.5, 3, 4]),
    "created": (("=", "<", "<=", ">", ">="), DAYS, INSTANTS),
    "tags": (("has",), ["x", "y"], [None, *map(frozenset, ("x", "y", "xy", "z", "xyz"))]),
}
LISTS = {"country": ("in", "not_in"), "tags": ("has_any", "has_all", "has_none")}


def leaf(field: str, op: str, value: Any = None) -> dict[str, Any]:
    """Return a question of the filter language."""
    return {"field": field, "op": op} | ({} if value is None else {"value": value})


def any_leaf(chance: Random) -> dict[str, Any]:
    """Return a question about one of a few fields, of few values, so that questions meet."""
    field = chance.choice(list(FIELDS))
    ops, asked, _ = FIELDS[field]
    if field in LISTS and chance.random() < 0.7:
        return leaf(field, chance.choice(LISTS[field]), chance.sample(asked, chance.randint(1, 2)))
    if field != "tags" and chance.random() < 0.15:
        return leaf(field, "empty")
    if field in ("sellers", "created") and chance.random() < 0.2:
        return leaf(field, "between", sorted(chance.sample(asked, 2)))
    if field == "created" and chance.random() < 0.5:
        return leaf(field, chance.choice(("last", "before_last")), {"amount": chance.randint(1, 4), "unit": "days"})
    return leaf(field, chance.choice(ops), chance.choice(asked))


def any_filter(chance: Random, depth: int = 2) -> dict[str, Any]:
    """Return a small filter."""
    kind = chance.choice(("leaf", "leaf", "all", "any", "not")) if depth else "leaf"
    if kind == "leaf":
        return any_leaf(chance)
    if kind == "not":
        return {"not": any_filter(chance, depth - 1)}
    return {kind: [any_filter(chance, depth - 1) for _ in range(chance.randint(1, 3))]}


class TestWhatIsSaidIsTrue:
    def test_by_the_judge(self) -> None:
        """BY-8: of 3,000 pairs of filters nobody is ever found who meets what is called impossible, or is not taken."""
        chance, found = Random(8), Counter[str]()
        people = [{field: chance.choice(FIELDS[field][2]) for field in FIELDS} for _ in range(60)]
        for _ in range(3000):
            one, other = any_filter(chance), any_filter(chance)
            at = chance.choice(TIMES)
            first, second = (prepare_judge(parse_filter(node), at=at) for node in (one, other))
            asked, wanted = narrow_conditions(flatten_filter(one) or [], Known(AT)), flatten_filter(other) or []
            again = prepare_judge(All(tuple(asked)), at=at)
            assert all(first(facts, []) == again(facts, []) for facts in people)
            if never_holds(asked):
                found["impossible"] += 1
                assert not any(first(facts, []) for facts in people), one
            elif all(implies(asked, node) for node in wanted):
                found["taken"] += 1
                assert all(second(facts, []) for facts in people if first(facts, [])), (one, other)
            elif covers([wanted, flatten_filter(third := any_filter(chance)) or []], asked):
                found["shared"] += 1
                others = (second, prepare_judge(parse_filter(third), at=at))
                left = [facts for facts in people if first(facts, []) and not any(by(facts, []) for by in others)]
                assert not left, (one, other, third)
        assert min(found["impossible"], found["taken"], found["shared"]) > 50
