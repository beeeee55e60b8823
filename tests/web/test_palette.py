"""The palette offers what may be done here, where one may go, and whom one may find; nothing else."""

import pytest

from tests.cast import Cast, a_company
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


class TestThePalette:
    def test_finds_contacts_whatever_their_accents(self, cast: Cast) -> None:
        """`beatriz nahuelpan` finds Beatriz Nahuelpán and leads to her profile (UX-7)."""
        contact = a_contact("Beatriz Nahuelpán", by=cast.admin)
        shown = text(Visitor(cast.alba).by_htmx.get("/palette", q="beatriz nahuelpan"))

        assert f'href="/contactos/{contact.pk}"' in shown

    def test_finds_nothing_of_others(self, cast: Cast) -> None:
        """What one may not see is not found."""
        a_contact("Beatriz Nahuelpán", by=cast.admin, owner=cast.carla)

        assert "Beatriz" not in text(Visitor(cast.alba).by_htmx.get("/palette", q="beatriz"))

    def test_offers_a_manager_to_assign_what_is_in_sight(self, cast: Cast) -> None:
        """The first group is about the present contact, by the viewer's permissions (UX-6)."""
        contact = a_contact("Libre", by=cast.admin)
        here = f"contact:{contact.pk}"

        assert 'data-run="assign"' in text(Visitor(cast.manager).by_htmx.get("/palette", context=here))
        assert 'data-run="assign"' not in text(Visitor(cast.alba).by_htmx.get("/palette", context=here))
        assert 'data-run="take"' in text(Visitor(cast.alba).by_htmx.get("/palette", context=here))

    def test_knows_nothing_of_a_foreign_object(self, cast: Cast) -> None:
        """An object that is not theirs offers nothing, and fails nothing."""
        contact = a_contact("Ajena", by=cast.admin, owner=cast.carla)
        response = Visitor(cast.alba).by_htmx.get("/palette", context=f"contact:{contact.pk}")

        assert 200 == response.status_code
        assert "Ajena" not in text(response)
