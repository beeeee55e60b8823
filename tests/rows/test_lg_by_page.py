"""LG by page: one responsible person, the same wherever the contact is shown."""

import pytest

from reparto.assignment.models import Decision
from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.people.show_sign_of_life import show_sign_of_life
from tests.cast import Cast, a_company, a_contact, a_person, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write
from tests.rows.web_leads import a_web_form, fill_in
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def somebody_writes(cast: Cast) -> Conversation:
    """Let somebody whom no rule gives to anybody write."""
    write(a_whatsapp_account(admin=cast.admin), a_text("+573001112233", at=now()), at=now())
    return Conversation.objects.latest("id")


def places(conversation: Conversation) -> tuple[str, str, str]:
    """Return where the owner of its contact is shown: list, profile, sidebar."""
    return ("/contactos", f"/contactos/{conversation.contact_id}", f"/bandeja/{conversation.pk}")


class TestTheOwner:
    def test_is_one_and_the_same_everywhere(self, cast: Cast) -> None:
        """LG-1: list, profile and conversation show the one owner, and all agree after a change (EC-52)."""
        talk, manager = somebody_writes(cast), Visitor(cast.manager)
        for person in (cast.alba, cast.bruno):
            manager.by_htmx.post(f"/contactos/{talk.contact_id}/encargado", person=person.person_id)

            shown = [text(manager.get(place)) for place in places(talk)]
            assert all(f'data-owner-id="{person.person_id}"' in page for page in shown)

    def test_carries_a_load_that_a_manager_sees_before_choosing(self, cast: Cast) -> None:
        """LG-1: the picker says how much each one carries."""
        talk, manager = somebody_writes(cast), Visitor(cast.manager)
        manager.by_htmx.post(f"/contactos/{talk.contact_id}/encargado", person=cast.alba.person_id)
        free = a_contact("Libre", admin=cast.admin)

        shown = text(manager.by_htmx.get(f"/contactos/{free.pk}/encargado/opciones"))

        entry = shown[shown.index('data-name="Alba"') :]
        assert ">1" in entry[: entry.index('data-name="Bruno"')]

    def test_is_offered_to_an_agent_by_the_same_button_in_three_places(self, cast: Cast) -> None:
        """LG-2, LG-4, LG-5, LG-6: where nobody has it an agent meets *Asignarme* and no picker; it works from each."""
        talk = somebody_writes(cast)
        shown = [text(Visitor(cast.alba).get(place)) for place in places(talk)]

        target = f'action="/contactos/{talk.contact_id}/encargado'
        assert all(target in page and "data-take" in page and "data-picker=" not in page for page in shown)
        Visitor(cast.alba).by_htmx.post(f"/contactos/{talk.contact_id}/encargado?as=field", person=cast.alba.person_id)
        assert cast.alba.person_id == Contact.objects.get().owner_id

    def test_is_offered_to_a_manager_by_the_same_picker_in_three_places(self, cast: Cast) -> None:
        """LG-3, LG-4, LG-5, LG-6: a manager meets the one picker, with somebody and with nobody."""
        talk = somebody_writes(cast)
        for owner in (cast.alba.person_id, ""):
            Visitor(cast.manager).by_htmx.post(f"/contactos/{talk.contact_id}/encargado", person=owner)

            shown = [text(Visitor(cast.manager).get(place)) for place in places(talk)]
            assert all(f"/contactos/{talk.contact_id}/encargado/opciones" in page for page in shown)


class TestWhoCreates:
    @pytest.mark.parametrize("role", ["agent", "operator", "manager"])
    def test_is_preset_and_may_clear_it(self, cast: Cast, role: str) -> None:
        """LG-7: the form is preset to its maker whatever their role; left so it is theirs, cleared it is nobody's."""
        maker = a_person("Quien crea", role=role, group_id=cast.north_id, admin=cast.admin)
        visitor = Visitor(maker)
        preset = f'value="{maker.person_id}" selected' in text(visitor.get("/contactos/nuevo"))
        for name, owner in (("Suya", maker.person_id), ("De nadie", "")):
            visitor.post("/contactos/nuevo", name=name, kind="prospect", owner=owner)

        owners = {contact.name: contact.owner_id for contact in visible_contacts(cast.admin)}
        assert (True, {"Suya": maker.person_id, "De nadie": None}) == (preset, owners)

    def test_who_takes_nothing_gives_nothing_either(self, cast: Cast) -> None:
        """LG-8: an operator, who keeps what they create, neither takes nor gives by the form that edits."""
        olga = a_person("Olga", role="operator", group_id=cast.north_id, admin=cast.admin)
        free = a_contact("Libre", admin=cast.admin)
        for owner in (olga.person_id, cast.bruno.person_id):
            form = {"name": "Libre", "kind": "prospect", "owner": owner, "version": free.version}
            assert 403 == Visitor(olga).post(f"/contactos/{free.pk}/editar", **form).status_code

        free.refresh_from_db()
        assert (1, None) == (free.version, free.owner_id)


class TestTheReview:
    def test_is_one_click_from_every_page_and_counts(self, cast: Cast) -> None:
        """LG-9: *Sin asignar* is counted in the sidebar of every page; a click lists exactly those, and taking lowers it."""
        free = a_contact("Libre", admin=cast.admin)
        a_contact("De Bruno", admin=cast.admin, owner=cast.bruno)
        visitor = Visitor(cast.alba)
        listed = text(visitor.get("/contactos", tab="none"))
        taken = visitor.by_htmx.post(f"/contactos/{free.pk}/encargado", person=cast.alba.person_id)

        assert "Libre" in listed
        assert "De Bruno" not in listed
        assert all("/contactos?tab=none" in text(visitor.get(page)) for page in ("/bandeja", "/notificaciones"))
        assert 'id="nav-count-unassigned" hx-swap-oob="true">0<' in text(taken)

    def test_says_why_a_contact_has_nobody(self, cast: Cast) -> None:
        """LG-11: one that was typed in without a responsible person says so on its page, and waits to be taken."""
        free = a_contact("Libre", admin=cast.admin)

        shown = text(Visitor(cast.alba).get(f"/contactos/{free.pk}"))

        assert "Quedó sin encargado" in shown or "sin encargado" in shown.lower()
        assert "data-take" in shown


class TestTheFirstMoment:
    def test_a_message_is_somebodys_at_once_and_says_why(self, cast: Cast) -> None:
        """LG-10: who writes has an owner by the company's rule in list, profile and inbox, and ¿Por qué? names the rule."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        a_rule(cast.alba, admin=cast.admin, description="Nuevos al norte")
        show_sign_of_life(cast.alba.person_id, at=now())
        write(account, a_text(a_phone(), at=now()), at=now())
        talk = Conversation.objects.get()
        shown = [text(Visitor(cast.alba).get(place)) for place in places(talk)]
        why = text(Visitor(cast.alba).get(f"/decisiones/{Decision.objects.get().pk}"))

        assert all(f'data-owner-id="{cast.alba.person_id}"' in page for page in shown)
        assert f'id="cv-{talk.pk}"' in text(Visitor(cast.alba).get("/bandeja", view="mine"))
        assert "Nuevos al norte" in why
        assert "Le tocaba" in why or "turno" in why

    def test_a_web_lead_too(self, cast: Cast) -> None:
        """LG-10: a form on the web site is enough; its contact is in the list with its owner."""
        form = a_web_form(cast)
        a_rule(cast.bruno, admin=cast.admin)
        lead = fill_in(form, "Rosalía")

        listed = text(Visitor(cast.bruno).get("/contactos", tab="mine"))

        assert (cast.bruno.person_id, True) == (lead.owner_id, "Rosalía" in listed)
