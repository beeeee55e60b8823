"""Numbers and filters that no screen writes, sent to pages all the same: refused or read as none, never a 500 (INV-64)."""

import pytest

from tests import cast
from tests.cast import Cast
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
ENDLESS = "9" * 5000


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


class TestPages:
    def test_ids_and_counters(self, company: Cast) -> None:
        """An id or a version of five thousand digits is one that nobody has."""
        admin = Visitor(company.admin)
        person = admin.post(f"/personas/{company.alba.person_id}", name="Alba", version=ENDLESS)
        rule = admin.post("/reglas/nueva", **a_form(company.alba) | {"to": f"p{ENDLESS}", "step": "draw"})
        many = admin.by_htmx.post("/contactos/en-lote", job=ENDLESS)
        assert all(said.status_code < 500 for said in (person, rule, many))

    def test_filters_of_an_address(self, company: Cast) -> None:
        """A filter nested without end, or with a number without bounds, is one that cannot be read."""
        admin = Visitor(company.admin)
        great = f'{{"field": "sellers", "op": "=", "value": 1{"0" * 400}}}'
        for written in (
            "[" * 20_000,
            '{"not":' * 20_000,
            great,
            '{"field": "sellers", "op": "=", "value": NaN}',
            ENDLESS,
        ):
            for path in ("/contactos", "/contactos/filtro/componer"):
                assert admin.get(path, filter=written).status_code < 500, (path, written[:60])

    @pytest.mark.parametrize("typed", ["1e400", "nan", "-inf", "9" * 400])
    def test_typed_numbers(self, company: Cast, typed: str) -> None:
        """BY-8: the editor keeps what was typed as a number that is none, and says so."""
        form = a_form(company.alba, f=["·(", "all", "·?", "sellers", "=", typed, "·;", "·)"])
        refused = Visitor(company.admin).post("/reglas/nueva", **form)
        assert 422 == refused.status_code
        assert typed in text(refused)
