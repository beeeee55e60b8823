"""What an administrator is warned of: rules that never decide, people who cannot receive, filters that nobody fits."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from reparto.engine import After, All, Rule, RuleSet, Target, parse_filter, prepare_judge
from reparto.rules.flatten_filter import flatten_filter
from reparto.rules.implies import implies
from reparto.rules.never_holds import never_holds
from reparto.rules.warn_of_rules import warn_of_rules
from tests.cast import AT

CITY = {"field": "city", "op": "is", "value": "Mérida"}
MONTH, DAY = After(1, "months"), {"amount": 1, "unit": "days"}
LIMA = {"field": "city", "op": "is", "value": "Lima"}


def a_rule(number: int, *people: int, **more: Any) -> Rule:
    """Return a rule at a place, with its number as id, for these people or the first."""
    to = more.pop("assign_to", tuple(Target(person_id=one) for one in people or (1,)))
    return Rule(id=number, position=number, description=f"R{number}", assign_to=to, **more)


def codes(*rules: Rule) -> list[tuple[int, str, int | None]]:
    """Return the cautions of a set in which 1 and 2 receive and group 7 has 1, group 8 nobody."""
    found = warn_of_rules(RuleSet(rules=rules), receivers={1, 2}, members={7: [1], 8: []})
    return [(one.rule_id, one.code, one.other_id) for one in found]


def nobody_fits(node: dict[str, Any]) -> bool:
    """Say whether a stored filter is seen to hold for nobody."""
    return never_holds(flatten_filter(node) or ())


def leaf(field: str, op: str, value: Any = None) -> dict[str, Any]:
    """Return a question of the filter language."""
    return {"field": field, "op": op} | ({} if value is None else {"value": value})


class TestRulesBehindOthers:
    def test_one_that_waits_stops_all_that_it_covers(self) -> None:
        """EC-7: behind a rule for everybody that waits, nothing is ever reached; whoever asks more is covered too."""
        assert [(2, "never_reached", 1)] == codes(a_rule(1, if_nobody="wait"), a_rule(2, filters=CITY))
        narrow = {"all": [LIMA, {"field": "sellers", "op": ">", "value": 3}]}
        assert [(2, "never_reached", 1)] == codes(a_rule(1, filters=LIMA, if_nobody="wait"), a_rule(2, filters=narrow))

    def test_one_that_passes_on_leaves_the_rest(self) -> None:
        """Behind the same filter a rule takes only what the first has nobody for."""
        assert [(2, "only_leftovers", 1)] == codes(a_rule(1, filters=CITY), a_rule(2, filters={"all": [CITY]}))

    @pytest.mark.parametrize(
        "second",
        [
            {"entity": "client"},
            {"trigger": "no_followup"},
            {"filters": LIMA},
            {"active": False},
        ],
    )
    def test_others_are_left_alone(self, second: dict[str, Any]) -> None:
        """Another kind, type or filter is not covered, and a paused rule is no matter."""
        assert [] == codes(a_rule(1, filters=CITY, if_nobody="wait"), a_rule(2, **second))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (leaf("country", "in", ["MX", "CO"]), leaf("country", "is", "CO")),
            (leaf("country", "not_in", ["PE"]), leaf("country", "in", ["MX", "CL"])),
            (leaf("sellers", ">=", 5), leaf("sellers", "between", [5, 9])),
            (leaf("sellers", "<", 5), {"all": [leaf("sellers", "<=", 4), LIMA]}),
            (leaf("name", "contains", "mer"), leaf("name", "starts", "Mérida")),
            (leaf("tags", "has", "flota"), leaf("tags", "has_all", ["vip", "flota"])),
            (leaf("tags", "has_none", ["vip"]), {"not": leaf("tags", "has_any", ["vip", "flota"])}),
            (leaf("created", "last", {"amount": 2, "unit": "weeks"}), leaf("created", "last", {"amount": 9, "unit": "days"})),
            (leaf("city", "not_empty"), LIMA),
            ({"any": [LIMA, CITY]}, {"any": [CITY, LIMA]}),
            ({"not": {"any": [LIMA, CITY]}}, {"all": [leaf("city", "is_not", "mérida"), {"not": LIMA}]}),
        ],
    )  # fmt: skip
    def test_who_asks_less_takes_all_of_who_asks_more(self, first: dict[str, Any], second: dict[str, Any]) -> None:
        """BY-8: a rule is behind another whenever whoever meets it surely meets the other, however it is written."""
        assert [(2, "never_reached", 1)] == codes(a_rule(1, filters=first, if_nobody="wait"), a_rule(2, filters=second))

    def test_time_counts_too(self) -> None:
        """UP-5: a rule that acts after two days is before one that acts after three, not the other way round."""
        soon, late = ({"trigger": "no_followup", "after": After(days, "days")} for days in (2, 3))

        assert [(2, "never_reached", 1)] == codes(a_rule(1, if_nobody="wait", **soon), a_rule(2, **late))
        assert [] == codes(a_rule(1, if_nobody="wait", **late), a_rule(2, **soon))

    @pytest.mark.parametrize(("amount", "unit", "late"), [(6, "months", 0), (61, "months", 1), (9000, "weeks", 1)])
    def test_a_time_that_nobody_meant(self, amount: int, unit: Any, late: int) -> None:
        """UP-5: more than five years is told of: the unit is wrong, or the amount."""
        rule = a_rule(1, trigger="no_sales", entity="client", after=After(amount, unit))

        assert [(1, "too_late", None)] * late == codes(rule)

    def test_some_of_the_same(self) -> None:
        """BY-8: two rules that name one same value share contacts; those that nobody can meet both do not."""
        first = a_rule(1, filters=leaf("country", "in", ["MX", "CO"]))
        peru = {"all": [leaf("country", "in", ["CO", "PE"]), LIMA]}

        assert [(2, "overlaps", 1)] == codes(first, a_rule(2, filters=peru))
        assert [] == codes(first, a_rule(2, filters=leaf("country", "in", ["PE", "CL"])))
        apart = {"all": [leaf("country", "in", ["CO", "PE"]), leaf("country", "not_in", ["CO"])]}
        assert [] == codes(first, a_rule(2, filters=apart))


class TestPeople:
    def test_everybody_on_leave(self) -> None:
        """BY-8: a list whose people will all be away tomorrow is told of; one who stays is enough."""
        rules = RuleSet(rules=(a_rule(1, 1, 2),))
        told = [warn_of_rules(rules, receivers={1, 2}, members={}, on_leave=away) for away in ({1}, {1, 2})]

        assert [[], ["all_on_leave"]] == [[one.code for one in found] for found in told]

    def test_nobody_who_receives(self) -> None:
        """A list of people who do not receive, a group without people, and weights of nothing are three things."""
        assert [(1, "nobody_receives", None)] == codes(a_rule(1, 9))
        assert [(1, "empty_pool", None)] == codes(a_rule(1, assign_to=(Target(group_id=8),)))
        assert [(1, "no_weight", None)] == codes(
            a_rule(1, strategy="weighted", assign_to=(Target(person_id=1, weight=0),))
        )
        assert [] == codes(a_rule(1, assign_to=(Target(group_id=7), Target(person_id=9))))


class TestFiltersThatNobodyFits:
    @pytest.mark.parametrize(
        "node",
        [
            {"any": []},
            {"all": [CITY, LIMA]},
            {"all": [CITY, {"all": [{"field": "city", "op": "empty"}]}]},
            {
                "all": [
                    {"field": "country", "op": "in", "value": ["MX"]},
                    {"field": "country", "op": "is", "value": "PE"},
                ]
            },
            {"all": [{"field": "sellers", "op": ">", "value": 5}, {"field": "sellers", "op": "<=", "value": 5}]},
            {"any": [{"all": [CITY, LIMA]}, {"any": []}]},
            {"all": [leaf("tags", "has", "vip"), leaf("tags", "has_none", ["VIP", "flota"])]},
            {"all": [{"any": [LIMA, CITY]}, leaf("city", "starts", "Q")]},
            {"all": [leaf("city", "not_empty"), {"not": leaf("city", "not_empty")}]},
            {"all": [leaf("sellers", "=", 3), leaf("sellers", "between", [4, 9])]},
            {
                "all": [
                    leaf("created", "last", {"amount": 1, "unit": "weeks"}),
                    leaf("created", "before_last", {"amount": 8, "unit": "days"}),
                ]
            },
        ],
    )
    def test_are_seen(self, node: dict[str, Any]) -> None:
        """Two values of one field, nothing to choose from, bounds without room."""
        assert nobody_fits(node)

    @pytest.mark.parametrize(
        "node",
        [
            {},
            {"all": []},
            {"any": [CITY, LIMA]},
            {"not": {"all": [CITY, LIMA]}},
            {"all": [CITY, {"field": "city", "op": "is", "value": "merida"}]},
            {
                "all": [
                    {"field": "email", "op": "is", "value": "a@x.mx"},
                    {"field": "email", "op": "is", "value": "b@x.mx"},
                ]
            },
            {"all": [{"field": "sellers", "op": ">=", "value": 5}, {"field": "sellers", "op": "<=", "value": 5}]},
            {"all": [{"field": "city", "op": "empty"}, {"field": "city", "op": "is_not", "value": "Lima"}]},
        ],
    )
    def test_others_are_not_suspected(self, node: dict[str, Any]) -> None:
        """What somebody may fit is never called impossible; two e-mails can both be somebody's."""
        assert not nobody_fits(node)


FIELDS: dict[str, tuple[tuple[str, ...], list[Any], list[Any]]] = {
    # operators, values that are asked, values that there are
    "city": (("is", "is_not", "contains", "starts"), ["a", "ab", "abc", "b"], [None, "a", "ab", "abc", "b", "cab"]),
    "email": (("is", "is_not", "contains", "starts"), ["a", "ab", "b"], [None, ("a",), ("a", "b"), ("ab",), ("b",)]),
    "country": (("is",), ["mx", "co", "pe"], [None, "mx", "co", "pe", "cl"]),
    "sellers": (("=", "<", "<=", ">", ">="), [1, 2, 3], [None, 0, 1, 2, 2.5, 3, 4]),
    "tags": (("has",), ["x", "y"], [None, *map(frozenset, ("x", "y", "xy", "z", "xyz"))]),
}
LISTS = {"country": ("in", "not_in"), "tags": ("has_any", "has_all", "has_none")}


def any_leaf(chance: Random) -> dict[str, Any]:
    """Return a question about one of a few fields, of few values, so that questions meet."""
    field = chance.choice(list(FIELDS))
    ops, asked, _ = FIELDS[field]
    if field in LISTS and chance.random() < 0.7:
        return leaf(field, chance.choice(LISTS[field]), chance.sample(asked, chance.randint(1, 2)))
    if field != "tags" and chance.random() < 0.15:
        return leaf(field, "empty")
    if field == "sellers" and chance.random() < 0.2:
        return leaf(field, "between", sorted(chance.sample(asked, 2)))
    return leaf(field, chance.choice(ops), chance.choice(asked))


def any_filter(chance: Random, depth: int = 2) -> dict[str, Any]:
    """Return a small filter."""
    kind = chance.choice(("leaf", "leaf", "all", "any", "not")) if depth else "leaf"
    if kind == "leaf":
        return any_leaf(chance)
    if kind == "not":
        return {"not": any_filter(chance, depth - 1)}
    return {kind: [any_filter(chance, depth - 1) for _ in range(chance.randint(1, 3))]}


class TestWhatNeverActs:
    """BY-8: kind, type and time are asked of a contact as well as the filter."""

    @pytest.mark.parametrize(
        ("rule", "code"),
        [
            ({"trigger": "no_sales", "after": MONTH}, "needs_clients"),
            ({"filters": leaf("kind", "is", "client")}, "never_true"),
            ({"filters": leaf("conversations", "<", 0)}, "never_true"),
            ({"trigger": "no_first_followup", "after": MONTH, "filters": leaf("owner", "empty")}, "never_true"),
            ({"trigger": "no_followup", "after": MONTH, "filters": leaf("last_follow_up", "last", DAY)}, "never_true"),
            ({"trigger": "no_followup", "after": MONTH, "filters": leaf("owner", "is", 1)}, "only_its_owner"),
        ],
    )
    def test_is_said(self, rule: dict[str, Any], code: str) -> None:
        """What no contact of the rule's kind can meet, or what nobody is left to be given, is told apart."""
        assert [(1, code, None)] == codes(a_rule(1, **rule))

    @pytest.mark.parametrize(
        "rule",
        [
            {"trigger": "no_sales", "after": MONTH, "entity": "client", "filters": leaf("last_follow_up", "last", DAY)},
            {"trigger": "no_followup", "after": MONTH, "filters": leaf("last_follow_up", "empty")},
            {"trigger": "no_followup", "after": MONTH, "filters": leaf("owner", "empty")},
            {
                "trigger": "no_followup",
                "after": After(1, "days", "working"),
                "filters": leaf("last_follow_up", "last", DAY),
            },
            {"filters": leaf("owner", "is", 1)},
        ],
    )
    def test_others_are_not_suspected(self, rule: dict[str, Any]) -> None:
        """Whoever was never followed up is late too, and working time is another matter."""
        assert [] == codes(a_rule(1, **rule))

    def test_by_hand_only(self) -> None:
        """AD-7: what arrives goes to nobody whom no account gives anything by itself; what waits asks no account."""
        arriving, waiting = a_rule(1), a_rule(2, trigger="no_followup", after=MONTH)
        for in_auto, told in ((None, []), ({2}, [(1, "by_hand_only")]), ({1, 2}, [])):
            found = warn_of_rules(RuleSet(rules=(arriving, waiting)), receivers={1}, members={}, in_auto=in_auto)
            assert told == [(one.rule_id, one.code) for one in found]


class TestWhatIsSaidIsTrue:
    def test_by_the_judge(self) -> None:
        """BY-8: of 3,000 pairs of filters nobody is ever found who meets what is called impossible, or is not taken."""
        chance, found = Random(8), Counter[str]()
        people = [{field: chance.choice(FIELDS[field][2]) for field in FIELDS} for _ in range(60)]
        for _ in range(3000):
            one, other = any_filter(chance), any_filter(chance)
            first, second = (prepare_judge(parse_filter(node), at=AT) for node in (one, other))
            asked, wanted = flatten_filter(one) or [], flatten_filter(other) or []
            again = prepare_judge(All(tuple(asked)), at=AT)
            assert all(first(facts, []) == again(facts, []) for facts in people)
            if never_holds(asked):
                found["impossible"] += 1
                assert not any(first(facts, []) for facts in people), one
            elif all(implies(asked, node) for node in wanted):
                found["taken"] += 1
                assert all(second(facts, []) for facts in people if first(facts, [])), (one, other)
        assert min(found["impossible"], found["taken"]) > 50
