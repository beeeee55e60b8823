"""The company's own fields: added, renamed, put in order, retired; and asked by the form of a contact by their type."""

from typing import Any

import pytest

from reparto.contacts.contact_fields import show_fields
from reparto.contacts.models import CustomField
from reparto.contacts.queries import all_custom_fields, visible_contacts
from tests.api.caller import Caller
from tests.cast import Cast, a_company
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text

PAGE = "/ajustes/campos"


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def add(visitor: Visitor, label: str, type_: str = "text", choices: str = "") -> CustomField:
    """Add a field by the page."""
    visitor.post(PAGE, label=label, type=type_, choices=choices)
    field = all_custom_fields().last()
    assert field is not None
    return field


class TestThePage:
    def test_adds_each_type_under_a_key_of_its_own(self, cast: Cast) -> None:
        """UP-10: an administrator gives a name and a type; the key follows from the name and never clashes."""
        visitor = Visitor(cast.admin)
        made = [add(visitor, "Tamaño de flota", "number"), add(visitor, "Tamaño de flota"), add(visitor, "City")]

        assert ["tamano_de_flota", "tamano_de_flota_2", "city_2"] == [field.key for field in made]
        assert "Tamaño de flota" in text(visitor.get(PAGE))

    def test_renames_orders_and_retires(self, cast: Cast) -> None:
        """UP-10: the name and the choices change, the type does not; a retired field can be asked again."""
        visitor = Visitor(cast.admin)
        one, other = add(visitor, "Color", "choice", "Rojo\nAzul"), add(visitor, "Placas")
        visitor.post(f"{PAGE}/{one.pk}", label="Color del camión", choices="Rojo\nVerde", type="number")
        visitor.post(PAGE, up=other.pk)
        visitor.post(PAGE, retire=other.pk)

        second, first = all_custom_fields().order_by("pk")
        assert ("Color del camión", "choice", ["Rojo", "Verde"]) == (second.label, second.type, second.choices)
        assert [first.pk, second.pk] == [field.pk for field in all_custom_fields()]
        assert first.retired_at is not None
        visitor.post(PAGE, ask=other.pk)
        assert not all_custom_fields().exclude(retired_at=None).exists()

    def test_says_what_is_wrong_and_is_for_administrators(self, cast: Cast) -> None:
        """UP-10: a field without a name is refused beside its box; a manager does not come in."""
        wrong = Visitor(cast.admin).post(PAGE, label=" ", type="choice", choices="A")

        assert 422 == wrong.status_code
        assert 'class="fault"' in text(wrong)
        assert 403 == Visitor(cast.manager).get(PAGE).status_code
        assert 404 == Visitor(cast.admin).get(f"{PAGE}/999999").status_code


class TestTheFormOfAContact:
    def test_asks_by_type_and_keeps_what_was_chosen(self, cast: Cast) -> None:
        """UP-10: several of a list, yes or no, a date and a number are asked as such and shown on the profile."""
        admin = Visitor(cast.admin)
        for label, type_, choices in (
            ("Rutas", "multi", "Norte, costa\nSur"),
            ("Activo", "yesno", ""),
            ("Vence", "date", ""),
            ("Camiones", "number", ""),
        ):
            add(admin, label, type_, choices)
        sent: dict[str, Any] = {
            "many.custom.rutas": ["", "Norte, costa"],
            "field.custom.activo": "true",
            "field.custom.vence": "2026-12-31",
            "field.custom.camiones": "12",
        }
        admin.post("/contactos/nuevo", name="Clara", kind="prospect", owner="", **sent)
        (contact,) = visible_contacts(cast.admin)

        assert {
            "custom.rutas": ["Norte, costa"],
            "custom.activo": True,
            "custom.vence": "2026-12-31T00:00:00+00:00",
            "custom.camiones": 12,
        } == show_fields(contact)
        form = text(admin.get(f"/contactos/{contact.pk}/editar"))
        assert 'value="Norte, costa" checked' in form
        assert 'value="2026-12-31"' in form
        assert "Norte, costa" in text(admin.get(f"/contactos/{contact.pk}"))

        saved = {**sent, "many.custom.rutas": [""], "field.custom.activo": ""}
        admin.post(f"/contactos/{contact.pk}/editar", name="Clara", kind="prospect", **saved)
        contact.refresh_from_db()
        assert {"custom.vence", "custom.camiones"} == show_fields(contact).keys()

    def test_leaves_out_what_was_retired_and_keeps_its_value(self, cast: Cast) -> None:
        """UP-10: a retired field is not asked; what a contact has of it is still shown and survives the form."""
        admin = Visitor(cast.admin)
        field = add(admin, "Placas")
        contact = a_contact("Clara", by=cast.admin, fields={"placas": "ABC-1"})
        admin.post(PAGE, retire=field.pk)
        admin.post(f"/contactos/{contact.pk}/editar", name="Clara B.", kind="prospect")

        assert "field.custom.placas" not in text(admin.get(f"/contactos/{contact.pk}/editar"))
        assert "ABC-1" in text(admin.get(f"/contactos/{contact.pk}"))


class TestTheApi:
    def test_changes_orders_and_retires(self, cast: Cast) -> None:
        """UP-10: by the API as by the page; a retired field takes no new value, and its key stays taken."""
        admin = Caller(cast.admin)
        bodies = [{"key": key, "label": key, "type": "text"} for key in ("uno", "dos")]
        one, two = (admin.post("/fields", body).body["id"] for body in bodies)

        assert [two, one] == [row["id"] for row in admin.put("/fields/order", {"ids": [two, one]}).body["items"]]
        assert {"ids": "not_all_fields"} == admin.put("/fields/order", {"ids": [one]}).codes
        retired = admin.patch(f"/fields/{one}", {"label": "Uno", "retired": True}).body
        assert ("Uno", True) == (retired["label"], retired["retired"])
        assert {"fields.uno": "retired_field"} == admin.post("/contacts", {"name": "x", "fields": {"uno": "1"}}).codes
        assert 422 == admin.patch(f"/fields/{one}", {"type": "number"}).status
        assert (404, 403) == (
            admin.patch("/fields/999999", {"label": "x"}).status,
            Caller(cast.alba).patch(f"/fields/{one}", {"label": "x"}).status,
        )
