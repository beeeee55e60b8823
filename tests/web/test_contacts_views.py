"""Columns of one's own and saved views: kept per person, shared by administrators only, nobody else's to forget."""

import json

import pytest

from reparto.contacts.models import SavedView
from tests.cast import Cast, a_company, a_stranger
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text

COLUMNS, NEW = "/contactos/columnas", "/contactos/vistas/nueva"


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests, with a contact."""
    company = a_company()
    a_contact("Clara", by=company.admin, fields={"city": "Mérida"}, tags=("vip",))
    return company


class TestColumns:
    def test_are_chosen_and_ordered_per_person(self, cast: Cast) -> None:
        """What Marta chose stands in her order at every visit, and changes nothing for others (UX-12, HU-9)."""
        marta = Visitor(cast.manager)
        marta.post(COLUMNS, order=["city", "tags", "owner"], show=["city", "owner"])
        shown, others = text(marta.get("/contactos")), text(Visitor(cast.admin).get("/contactos"))

        assert "Mérida" in shown
        assert shown.index(">Ciudad<") < shown.index(">Encargado<")
        assert ">Etiquetas<" not in shown
        assert ">Etiquetas<" in others

    def test_go_back_to_the_preset(self, cast: Cast) -> None:
        """*Restablecer* shows the preset ones again."""
        marta = Visitor(cast.manager)
        marta.post(COLUMNS, order=["city"], show=["city"])
        marta.post(COLUMNS, preset="1")

        assert ">Etiquetas<" in text(marta.get("/contactos"))

    def test_in_the_address_go_before_ones_own(self, cast: Cast) -> None:
        """A link shows the same list to everybody; what is no column counts as not said (UX-10)."""
        shown = text(Visitor(cast.admin).get("/contactos", cols="city,nonsense"))

        assert ">Ciudad<" in shown
        assert ">Etiquetas<" not in shown


class TestSavedViews:
    def test_stand_in_the_sidebar(self, cast: Cast) -> None:
        """A kept view is one click away on every page, for whoever keeps it."""
        marta = Visitor(cast.manager)
        marta.post(f"{NEW}?tab=none&q=clara", name="Las claras")

        assert ">Las claras<" in text(marta.get("/notificaciones"))
        assert ">Las claras<" not in text(Visitor(cast.admin).get("/notificaciones"))

    def test_keep_filter_and_columns_under_a_name(self, cast: Cast) -> None:
        """The tab leads back to the same list."""
        marta = Visitor(cast.manager)
        saved = marta.client.post(f"{NEW}?tab=none&q=clara&cols=city", {"name": "Sin dueño"})
        shown = text(marta.get("/contactos"))

        assert "q=clara" in saved.headers["Location"]
        assert "cols=name%2Ccity" in saved.headers["Location"]
        assert "Sin dueño" in shown
        assert "Sin dueño" not in text(Visitor(cast.admin).get("/contactos"))

    def test_are_shared_by_administrators_only(self, cast: Cast) -> None:
        """A manager who forges it gets 403; an administrator's stands on everybody's tabs."""
        refused = Visitor(cast.manager).post(NEW, name="De todos", shared="1")
        Visitor(cast.admin).post(NEW, name="Común", shared="1")

        assert 403 == refused.status_code
        assert "Común" in text(Visitor(cast.alba).get("/contactos"))

    def test_need_a_name(self, cast: Cast) -> None:
        """Without one the form says so."""
        assert 422 == Visitor(cast.manager).post(NEW, name=" ").status_code

    def test_are_forgotten_by_their_own_person_only(self, cast: Cast) -> None:
        """A colleague and a stranger get 404; Marta's is gone when she says so."""
        marta = Visitor(cast.manager)
        marta.post(NEW, name="Mía")
        url = f"/contactos/vistas/{SavedView.objects.get().pk}/olvidar"
        strangers = {Visitor(one).post(url).status_code for one in (cast.admin, a_stranger().admin)}
        marta.post(url)

        assert {404} == strangers
        assert not SavedView.objects.exists()

    def test_offer_to_be_forgotten_when_open(self, cast: Cast) -> None:
        """The open view of one's own has its way out."""
        marta = Visitor(cast.manager)
        opened = marta.client.post(f"{NEW}?q=clara", {"name": "Mía"}).headers["Location"]

        assert "/olvidar" in text(marta.get(opened))

    def test_survive_a_filter_that_no_field_has_any_more(self, cast: Cast) -> None:
        """A view whose filter cannot be read says so and offers the way out."""
        faulty = json.dumps({"all": [{"field": "custom.gone", "op": "is", "value": "1"}]})

        assert "no se puede leer" in text(Visitor(cast.manager).get("/contactos", filter=faulty, view="9"))
