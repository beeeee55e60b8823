"""*Ajustes › Bandeja* and *Respuestas rápidas*: who may, what is kept, what the composer makes of it."""

import pytest

from reparto.conversations.models import Conversation, QuickReply
from reparto.kit.clock import now
from reparto.kit.organization_settings import read_settings
from tests.cast import Cast, a_company, a_contact, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, fragment
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
OWNS = "¿Asignar a la primera persona que responde como propietaria del contacto?"


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


class TestTheFirstResponder:
    def test_is_switched_on_and_off_by_an_administrator(self, cast: Cast) -> None:
        """AC-5: off by default; *Guardar cambios* keeps it; a manager is refused and nothing changes."""
        admin = Visitor(cast.admin)
        shown = text(admin.get("/ajustes/bandeja"))

        assert OWNS in shown
        assert "Guardar cambios" in shown
        assert 403 == Visitor(cast.manager).post("/ajustes/bandeja", first_responder_owns="on").status_code
        assert not read_settings()["inbox"]["first_responder_owns"]
        assert 302 == admin.post("/ajustes/bandeja", first_responder_owns="on").status_code
        assert read_settings()["inbox"]["first_responder_owns"]
        admin.post("/ajustes/bandeja")
        assert not read_settings()["inbox"]["first_responder_owns"]


class TestWhatAnAgentSees:
    def test_is_chosen_by_an_administrator(self, cast: Cast) -> None:
        """LG, whose a contact is to see: their group's at first; a word that there is not changes nothing."""
        admin = Visitor(cast.admin)
        theirs = f"/contactos/{a_contact(admin=cast.admin, owner=cast.bruno).pk}"
        assert 'value="group" checked' in text(admin.get("/ajustes/bandeja"))
        assert 200 == Visitor(cast.alba).get(theirs).status_code

        assert 302 == admin.post("/ajustes/bandeja", agents_see="own").status_code
        assert 404 == Visitor(cast.alba).get(theirs).status_code
        assert 422 == admin.post("/ajustes/bandeja", agents_see="none").status_code
        assert 'value="own" checked' in text(admin.get("/ajustes/bandeja"))


class TestQuickReplies:
    def test_are_kept_changed_and_deleted_on_their_page(self, cast: Cast) -> None:
        """An agent keeps one of their own; what is wrong is said beside the field and what was typed stays."""
        alba = Visitor(cast.alba)
        refused = alba.post("/ajustes/respuestas", name="Precio", text="{{contact.owner}}")
        assert (422, True) == (refused.status_code, "{{contact.owner}}" in text(refused))
        alba.post("/ajustes/respuestas", name="Precio", text="Hola {{contact.first_name}}")
        row = QuickReply.objects.get()

        alba.post(f"/ajustes/respuestas/{row.pk}", name="Precios", text="Hola")
        assert "Precios" in text(alba.get(f"/ajustes/respuestas/{row.pk}"))
        assert 404 == Visitor(cast.bruno).get(f"/ajustes/respuestas/{row.pk}").status_code
        assert 404 == Visitor(cast.bruno).post(f"/ajustes/respuestas/{row.pk}/eliminar").status_code
        alba.post(f"/ajustes/respuestas/{row.pk}/eliminar")
        assert not QuickReply.objects.exists()

    def test_are_offered_filled_in(self, cast: Cast) -> None:
        """The slash of the composer offers them with the contact's name in place; strangers get 404."""
        Visitor(cast.admin).post(
            "/ajustes/respuestas", name="Saludo", text="Hola {{contact.name}}, soy {{agent.name}}", shared="on"
        )
        talk: Conversation = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())

        offered = fragment(a_browser(cast.admin), f"/bandeja/{talk.pk}/respuestas?q=salu").content.decode()

        assert f'data-insert="Hola {talk.contact.name}, soy Ada"' in offered
        assert 404 == fragment(a_browser(cast.carla), "/bandeja/999999/respuestas").status_code
