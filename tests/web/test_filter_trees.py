"""A stored filter through the editor: as a tree, as a form, and back, it means the same."""

import json
from collections.abc import Iterator

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reparto.contacts.read_facts import read_facts
from reparto.engine import judge, parse_filter
from reparto.web.filters.filter_of_tree import filter_of_tree
from reparto.web.filters.filter_tree import Condition, Node
from reparto.web.filters.read_tokens import ASK, CLOSE, END, OPEN, read_tokens
from reparto.web.filters.tree_of_filter import tree_of_filter
from reparto.web.read_list import read_list, write_list
from tests.cast import AT, a_company
from tests.contacts.test_filter_contacts import CUSTOM, a_population, trees_of

#: What a browser's text field can hold.
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)


def tokens_of(node: Node) -> Iterator[str]:
    """Write a tree as the controls of a page, in their order."""
    if isinstance(node, Condition):
        yield from (ASK, node.field, node.op, *node.values, END)
        return
    yield from (OPEN, node.join)
    for child in node.children:
        yield from tokens_of(child)
    yield CLOSE


class TestAFilter:
    def test_means_the_same_after_the_editor(self, db: None) -> None:
        """UP-2: whoever opens a rule and saves it changes nothing of whom it is for, groups that ask nothing included."""
        company = a_company()
        wanted = a_population(company, 60)
        facts = read_facts(wanted)

        @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(trees_of(company))
        def check(stored: dict[str, object]) -> None:
            assume(".999999" not in json.dumps(stored))  # the browser's control knows milliseconds
            opened = read_tokens(list(tokens_of(tree_of_filter(stored))))
            saved, _ = filter_of_tree(opened, custom=CUSTOM)
            before, after = (parse_filter(one, custom=CUSTOM) if one else None for one in (stored, saved))
            for one in facts.values():
                assert judge(before, one, at=AT) == (after is None or judge(after, one, at=AT)), saved

        check()


class TestAList:
    @given(st.lists(LINES))
    def test_comes_back_with_its_commas_and_quotes(self, values: list[str]) -> None:
        """Tags and words of a filter are typed with commas between them; one with a comma stands between quotes."""
        assert values == read_list(write_list(values))

    def test_is_read_as_people_write(self) -> None:
        """Spaces and empty places are nothing."""
        assert ["VIP", "Grupo A, S.A.", "norte"] == read_list(' VIP ,"Grupo A, S.A.",, norte,')
