"""What an administrator is warned of: rules that never decide, people who cannot receive, filters that nobody fits."""

from typing import Any

import pytest

from reparto.engine import Rule, RuleSet, Target
from reparto.rules.warn_of_rules import never_holds, warn_of_rules

CITY = {"field": "city", "op": "is", "value": "Mérida"}
LIMA = {"field": "city", "op": "is", "value": "Lima"}


def a_rule(number: int, *people: int, **more: Any) -> Rule:
    """Return a rule at a place, with its number as id, for these people or the first."""
    to = more.pop("assign_to", tuple(Target(person_id=one) for one in people or (1,)))
    return Rule(id=number, position=number, description=f"R{number}", assign_to=to, **more)


def codes(*rules: Rule) -> list[tuple[int, str, int | None]]:
    """Return the cautions of a set in which 1 and 2 receive and group 7 has 1, group 8 nobody."""
    found = warn_of_rules(RuleSet(rules=rules), receivers={1, 2}, members={7: [1], 8: []})
    return [(one.rule_id, one.code, one.other_id) for one in found]


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


class TestPeople:
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
        ],
    )
    def test_are_seen(self, node: dict[str, Any]) -> None:
        """Two values of one field, nothing to choose from, bounds without room."""
        assert never_holds(node)

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
        assert not never_holds(node)
