"""A stored filter through the editor: as a tree, as a form, and back, it means the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.contacts.describe_condition import describe_condition
from reparto.contacts.filter_contacts import filter_contacts
from reparto.contacts.models import Contact
from reparto.contacts.queries import custom_kinds
from reparto.contacts.read_facts import read_facts
from reparto.engine import judge, parse_filter
from reparto.rules.read_rule_names import leaves_of_stored
from reparto.web.contacts.read_condition import read_condition
from reparto.web.filters.filter_of_tree import filter_of_tree, keeps_stored
from reparto.web.filters.filter_tree import Condition, Group, Node
from reparto.web.filters.fit_condition import offered
from reparto.web.filters.read_tokens import ASK, CLOSE, END, OPEN, read_tokens
from reparto.web.filters.show_tree import show_tree
from reparto.web.filters.tree_of_filter import tree_of_filter
from reparto.web.read_list import read_list, write_list
from tests.cast import AT, a_company, a_contact
from tests.contacts.test_filter_contacts import CUSTOM, a_population, trees_of

#: What a browser's text field can hold.
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)


def tokens_of(node: Node) -> Iterator[str]:
    """Write a tree as the controls of a page, in their order."""
    if isinstance(node, Condition):
        # A control has one line.
        values = (value.replace("\r", "").replace("\n", "") for value in node.values)
        stored = ["·=" + node.stored] if keeps_stored(node, CUSTOM) else []
        yield from (ASK, node.field, node.op, *values, *stored, END)
        return
    yield from (OPEN, node.join)
    for child in node.children:
        yield from tokens_of(child)
    yield CLOSE


def names(stored: dict[str, Any]) -> list[str]:
    """Return the names of the contacts that a filter finds."""
    found = filter_contacts(Contact.objects.all(), parse_filter(stored, custom=custom_kinds()), at=AT)
    return sorted(found.values_list("name", flat=True))


class TestAFilter:
    def test_means_the_same_after_the_editor(self, db: None) -> None:
        """UP-10: opened and saved it is for the same, groups that ask nothing included, and asks it to the letter."""
        company = a_company()
        wanted = a_population(company, 60)
        facts = read_facts(wanted)

        @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(trees_of(company))
        def check(stored: dict[str, object]) -> None:
            opened = read_tokens(list(tokens_of(tree_of_filter(stored))))
            saved, _ = filter_of_tree(opened, custom=CUSTOM)
            assert [*leaves_of_stored(stored)] == [*leaves_of_stored(saved)]
            before, after = (parse_filter(one, custom=CUSTOM) if one else None for one in (stored, saved))
            for one in facts.values():
                assert judge(before, one, at=AT) == (after is None or judge(after, one, at=AT)), saved

        check()


class TestAPhone:
    @pytest.mark.parametrize("typed", ["55 1234", "+52 55 1234 5678", "(55) 1234-5678", "+525512345678"])
    def test_is_found_as_screens_show_it(self, db: None, typed: str) -> None:
        """HU-4: what stands between the digits is nothing, in the builder and above the list."""
        company = a_company()
        a_contact("Clara", admin=company.admin, phone="+525512345678")
        a_contact("Otra", admin=company.admin, phone="+525587654321")

        asked = Condition("phone", "contains", (typed,))
        built, _ = filter_of_tree(Group("all", (asked,)), custom={})
        above = read_condition(QueryDict(urlencode({"op": "contains", "value": typed})), field="phone", kind="text")

        assert ["Clara"] == names(built) == names(above)


class TestADay:
    @pytest.mark.parametrize("zone", ["America/Mexico_City", "Asia/Tokyo"])
    def test_of_an_own_field_is_that_day_in_every_zone(self, db: None, zone: str) -> None:
        """UP-10: a day is asked by its day in the builder and above the list, finds it, and is shown as it again."""
        company = a_company()
        add_custom_field(CustomFieldDraft("vence", "Vence", "date"), actor=company.admin, at=AT)
        days = ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")
        for day in days:
            a_contact(day, admin=company.admin, fields={"vence": day})

        with timezone.override(zone):
            march = Condition("custom.vence", "between", ("2026-03-01", "2026-03-31"))
            built, _ = filter_of_tree(Group("all", (march,)), custom=custom_kinds())
            asked = QueryDict("op=between&value=2026-03-01&value2=2026-03-31")
            first = QueryDict("op=%3D&value=2026-03-01")
            typed = [read_condition(one, field="custom.vence", kind="date") for one in (asked, first)]
            drawn = show_tree(tree_of_filter(built), {}, actor=company.admin)["children"][0]
            said = describe_condition(built["all"][0])

        assert ["2026-03-01", "2026-03-31"] == names(built) == names(typed[0])
        assert ["2026-03-01"] == names(typed[1])
        assert [("date", "2026-03-01"), ("date", "2026-03-31")] == [
            (one["type"], one["text"]) for one in drawn["boxes"]
        ]
        assert "T00" not in said

    def test_with_a_time_is_an_instant(self, db: None) -> None:
        """What a program asked with a time of day keeps it; no screen offers to ask for one instant exactly."""
        stored = {"all": [{"field": "custom.vence", "op": "<", "value": "2026-03-01T12:30:00+00:00"}]}

        saved, _ = filter_of_tree(tree_of_filter(stored), custom={"vence": "date"})

        assert (
            "2026-03-01T12:30:00+00:00" == datetime.fromisoformat(saved["all"][0]["value"]).astimezone(UTC).isoformat()
        )
        assert "=" not in offered("created", "date", chosen="<")
        assert "=" in offered("created", "date", chosen="=")
        assert "=" in offered("custom.vence", "date", chosen="<")


class TestAList:
    @given(st.lists(LINES))
    def test_comes_back_with_its_commas_and_quotes(self, values: list[str]) -> None:
        """Tags and words of a filter are typed with commas between them; one with a comma stands between quotes."""
        assert values == read_list(write_list(values))

    def test_is_read_as_people_write(self) -> None:
        """Spaces and empty places are nothing."""
        assert ["VIP", "Grupo A, S.A.", "norte"] == read_list(' VIP ,"Grupo A, S.A.",, norte,')
