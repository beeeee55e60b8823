"""The filter of the list, composed with the builder of rules."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from reparto.web.filters.read_tokens import ASK, CLOSE, END, OPEN
from tests.cast import Cast, a_company
from tests.web.visitor import Visitor, text

COMPOSE = "/contactos/filtro/componer"
EITHER = {"any": [{"field": "source", "op": "is", "value": "Web"}, {"field": "country", "op": "is", "value": "CL"}]}
TYPED = [OPEN, "any", ASK, "source", "is", "Web", END, ASK, "country", "is", "CL", END, CLOSE]


@pytest.fixture
def cast(db: None) -> Cast:
    """A company."""
    return a_company()


class TestComposing:
    def test_ends_in_the_address_of_the_list(self, cast: Cast) -> None:
        """UP-10, UX-10: what rules ask, the list asks too, with *or*, *not* and groups; its chip says it in words."""
        visitor = Visitor(cast.manager)
        answer = visitor.client.post(f"{COMPOSE}?tab=none", {"f": TYPED})
        address = parse_qs(urlsplit(answer.headers["Location"]).query)
        shown = text(visitor.client.get(answer.headers["Location"]))

        assert 302 == answer.status_code
        assert (["none"], EITHER) == (address["tab"], json.loads(address["filter"][0]))
        assert f'href="{COMPOSE}?' in shown
        assert "Web</b> o <b>" in shown

    def test_opens_with_what_the_list_asks(self, cast: Cast) -> None:
        """The builder begins with the filter of the address; one that cannot be read is begun anew."""
        visitor = Visitor(cast.manager)

        assert 'value="Chile"' in text(visitor.get(COMPOSE, filter=json.dumps(EITHER)))
        for broken in ("{", '{"field": "nothing", "op": "is"}', "[" * 3000):
            assert 200 == visitor.get(COMPOSE, filter=broken).status_code

    def test_says_what_is_wrong_beside_it_and_keeps_it(self, cast: Cast) -> None:
        """A number that is none is marked at its condition, and what was typed stands there."""
        typed = [OPEN, "all", ASK, "sellers", ">=", "muchos", END, CLOSE]
        answer = Visitor(cast.manager).client.post(COMPOSE, {"f": typed})

        assert 422 == answer.status_code
        assert 'value="muchos"' in text(answer)
        assert 'id="c-0-fault"' in text(answer)

    def test_takes_no_more_than_twelve(self, cast: Cast) -> None:
        """UX-11: a thirteenth is refused here too."""
        typed = [OPEN, "all", *[ASK, "name", "is", "x", END] * 13, CLOSE]

        assert 422 == Visitor(cast.manager).client.post(COMPOSE, {"f": typed}).status_code
