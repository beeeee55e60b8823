"""What an administrator is warned of: rules that never decide, people who cannot receive, filters that nobody fits."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from reparto.engine import After, Rule, RuleSet, Target
from reparto.rules.flatten_filter import flatten_filter
from reparto.rules.never_holds import never_holds
from reparto.rules.warn_of_people import Staff
from reparto.rules.warn_of_rules import warn_of_rules

CITY = {"field": "city", "op": "is", "value": "Mérida"}
MONTH, DAY = After(1, "months"), {"amount": 1, "unit": "days"}
NEW = {"all": [{"field": "last_follow_up", "op": "empty"}, {"field": "created", "op": "last", "value": DAY}]}
LIMA = {"field": "city", "op": "is", "value": "Lima"}


def a_rule(number: int, *people: int, **more: Any) -> Rule:
    """Return a rule at a place, with its number as id, for these people or the first."""
    to = more.pop("assign_to", tuple(Target(person_id=one) for one in people or (1,)))
    return Rule(id=number, position=number, description=f"R{number}", assign_to=to, **more)


def codes(*rules: Rule) -> list[tuple[int, str, int | None]]:
    """Return the cautions of a set in which 1 and 2 receive and group 7 has 1, group 8 nobody."""
    found = warn_of_rules(RuleSet(rules=rules), Staff({1, 2}, {7: [1], 8: []}))
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

    @pytest.mark.parametrize(
        ("former", "last"),
        [
            ((leaf("country", "is", "MX"), {"not": leaf("country", "is", "MX")}), {}),
            ((leaf("country", "is", "MX"), leaf("country", "in", ["CO", "PE"])), leaf("country", "in", ["MX", "CO"])),
            ((leaf("email", "empty"), leaf("email", "not_empty")), LIMA),
            (({"all": [LIMA, leaf("sellers", ">", 3)]}, {"not": LIMA}), leaf("sellers", ">", 5)),
        ],
    )  # fmt: skip
    def test_several_together_leave_nothing(self, former: Sequence[dict[str, Any]], last: dict[str, Any]) -> None:
        """BY-8: a rule is never reached, too, when those before it take all of its contacts between them, and wait."""
        first = [a_rule(place, filters=one, if_nobody="wait") for place, one in enumerate(former, start=1)]
        end = a_rule(9, filters=last)
        assert [(9, "never_reached", None)] == [one for one in codes(*first, end) if one[0] == 9]
        assert [] == [one for one in codes(*first[1:], end) if one[1] == "never_reached"]

        passing = [replace(one, if_nobody="next") for one in first]
        assert [(9, "only_leftovers", None)] == [one for one in codes(*passing, end) if one[0] == 9]

    def test_time_counts_too(self) -> None:
        """UP-5: a rule that acts after two days is before one that acts after three, not the other way round."""
        soon, late = ({"trigger": "no_followup", "after": After(days, "days")} for days in (2, 3))

        assert [(2, "never_reached", 1)] == codes(a_rule(1, if_nobody="wait", **soon), a_rule(2, **late))
        assert [] == codes(a_rule(1, if_nobody="wait", **late), a_rule(2, **soon))

    def test_a_working_day_is_no_number_of_hours(self) -> None:
        """BY-8: whoever works four hours a day is two days at eight of them; hours before hours still cover."""
        waits = (After(8, "hours", "working"), After(10, "hours", "working"), After(1, "days", "working"))
        eight, ten, day = ({"trigger": "no_followup", "after": after} for after in waits)

        assert [] == codes(a_rule(1, if_nobody="wait", **eight), a_rule(2, **day))
        assert [(2, "never_reached", 1)] == codes(a_rule(1, if_nobody="wait", **eight), a_rule(2, **ten))

    @pytest.mark.parametrize(
        ("amount", "unit", "told"),
        [(6, "months", []), (61, "months", ["too_late"]), (9000, "weeks", ["too_late"]), (6, "hours", ["too_soon"])],
    )
    def test_a_time_that_nobody_meant(self, amount: int, unit: Any, told: list[str]) -> None:
        """UP-5: more than five years, or a sale a day, is told of: the unit is wrong, or the amount."""
        rule = a_rule(1, trigger="no_sales", entity="client", after=After(amount, unit))

        assert told == [code for _, code, _ in codes(rule)]

    def test_some_of_the_same(self) -> None:
        """BY-8: two rules that name one same value share contacts; those that nobody can meet both do not."""
        first = a_rule(1, filters=leaf("country", "in", ["MX", "CO"]))
        peru = {"all": [leaf("country", "in", ["CO", "PE"]), LIMA]}

        assert [(2, "overlaps", 1)] == codes(first, a_rule(2, filters=peru))
        assert [] == codes(first, a_rule(2, filters=leaf("country", "in", ["PE", "CL"])))
        few, more, most = (leaf("sellers", "between", ends) for ends in ([1, 5], [5, 9], [6, 9]))
        assert [(2, "overlaps", 1)] == codes(a_rule(1, filters=few), a_rule(2, filters=more))
        assert [] == codes(a_rule(1, filters=few), a_rule(2, filters=most), a_rule(3, filters=leaf("sellers", ">", 0)))
        chile = {"any": [leaf("country", "is", "MX"), leaf("country", "is", "CL")]}
        for mine in (leaf("country", "not_in", ["CO"]), chile):
            assert [(2, "overlaps", 1)] == codes(first, a_rule(2, filters=mine))
        starts = a_rule(2, filters=leaf("city", "starts", "Mé"))
        assert [(2, "overlaps", 1)] == codes(a_rule(1, filters=CITY), starts)
        assert [] == codes(a_rule(1, filters=LIMA), starts)
        apart = {"all": [leaf("country", "in", ["CO", "PE"]), leaf("country", "not_in", ["CO"])]}
        assert [] == codes(first, a_rule(2, filters=apart))


class TestPeople:
    def test_everybody_on_leave(self) -> None:
        """BY-8: a list whose people will all be away tomorrow is told of; one who stays is enough."""
        rules = RuleSet(rules=(a_rule(1, 1, 2),))
        told = [warn_of_rules(rules, Staff({1, 2}, {}, on_leave=away)) for away in ({1}, {1, 2})]

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
            {"all": [leaf("sellers", ">", 5), {"not": leaf("sellers", ">", 3)}]},
            {"all": [leaf("email", "contains", "@x.mx"), {"not": leaf("email", "contains", "x.mx")}]},
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
            ({"trigger": "no_followup", "after": MONTH, "filters": NEW}, "never_true"),
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
        for in_auto, told in ((None, []), ({5: {2}}, [(1, "by_hand_only")]), ({5: {1, 2}}, [])):
            found = warn_of_rules(RuleSet(rules=(arriving, waiting)), Staff({1}, {}, in_auto=in_auto))
            assert told == [(one.rule_id, one.code) for one in found]

    def test_not_on_its_account_nor_in_its_campaign(self) -> None:
        """AD-7, LG-2, EC-24, EC-40: who receives elsewhere only, or is in another campaign, gets nothing of the rule."""
        asked = {"all": [leaf("account", "in", [5, 6]), leaf("campaign", "is", 3)]}
        found = []
        for at, campaign in ((7, 4), (6, 3)):
            staff = Staff({1}, {}, in_auto={5: {2}, at: {1}}, joined={campaign: {1}})
            found.append([one.code for one in warn_of_rules(RuleSet(rules=(a_rule(1, filters=asked),)), staff)])

        assert [["none_in_campaign", "not_on_account"], []] == found
