"""What is known before anybody is judged makes some filters impossible: which day it is, and which ids there are (BY-8)."""

from typing import Any

from reparto.engine import RuleSet
from reparto.rules.narrow_conditions import Known
from reparto.rules.warn_of_people import Staff
from reparto.rules.warn_of_rules import warn_of_rules
from tests.cast import AT

from .test_warn_of_rules import LIMA, a_rule, leaf


def known(*nodes: dict[str, Any]) -> list[list[str]]:
    """Return the codes for each filter of a rule for anybody, on a day on which there are person 1 and group 7."""
    there = Known(AT, {"owner": {1}, "groups": {7}})
    rules = [RuleSet(rules=(a_rule(1, 1, 2, filters=node),)) for node in nodes]
    return [[one.code for one in warn_of_rules(each, Staff({1, 2}, {}), there)] for each in rules]


class TestWhatNobodyFits:
    def test_windows_that_dates_are_before(self) -> None:
        """BY-8: what came in the last days did not come before a date that is over; in days to come it may after one."""
        last, ago = (leaf("created", op, {"amount": 1, "unit": "months"}) for op in ("last", "before_last"))
        old, late = (leaf("created", "<", f"{year}-01-01T00:00:00Z") for year in (AT.year - 1, AT.year + 1))
        ended = leaf("created", "between", [f"{year}-01-01T00:00:00Z" for year in (2020, 2021)])
        to_come = {"all": [ago, leaf("created", ">", AT.isoformat())]}

        assert [["never_true"]] * 2 == known({"all": [last, old]}, {"all": [ended, {"any": [{"all": [last, LIMA]}]}]})
        assert [[]] * 3 == known({"all": [last, late]}, to_come, {"any": [last, old]})

    def test_ids_of_nothing(self) -> None:
        """BY-8: nobody has an executive, nor a group, that there is not; one of several who is there is enough."""
        nobody, group = leaf("owner", "in", [99, 98]), leaf("groups", "has_any", [8])
        assert [["never_true"]] * 3 == known(nobody, group, {"any": [nobody, leaf("owner", "is", 97)]})
        some = (leaf("owner", "in", [1, 99]), {"any": [nobody, LIMA]}, {"not": nobody}, leaf("owner", "empty"))
        assert [[]] * 4 == known(*some)
