"""The owner picker: the same choices wherever the contact is shown, the same refusals whatever was forged."""

import pytest

from reparto.contacts.queries import find_contact
from reparto.conversations.queries import assignees_of
from reparto.kit.clock import now
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_conversation
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, statements_of, text, toast


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def owner_of(contact_id: int, cast: Cast) -> int | None:
    """Return who owns a contact now."""
    return find_contact(contact_id, actor=cast.admin).owner_id


class TestAManager:
    def test_is_offered_the_people_of_their_scope(self, cast: Cast) -> None:
        """The picker has the manager's own people, not those of another group (LG-3, LG-4)."""
        contact = a_contact("Libre", by=cast.admin)
        shown = text(Visitor(cast.manager).by_htmx.get(f"/contactos/{contact.pk}/encargado/opciones"))

        assert 'data-name="Bruno"' in shown
        assert 'data-name="Carla"' not in shown

    def test_gives_and_gets_the_cell_the_count_and_an_undo(self, cast: Cast) -> None:
        """One answer has the new cell, the count that dropped and a toast that names both (UX-1, UX-2)."""
        contact = a_contact("Libre", by=cast.admin)
        response = Visitor(cast.manager).by_htmx.post(
            f"/contactos/{contact.pk}/encargado", person=cast.bruno.person_id, version=contact.version
        )

        assert "Bruno" in text(response)
        assert 'id="nav-count-unassigned" hx-swap-oob="true">0<' in text(response)
        assert "Libre" in toast(response)["text"]
        assert "/deshacer" in toast(response)["undo"]

    def test_costs_eleven_statements_from_click_to_commit(self, cast: Cast) -> None:
        """LG-3: Giving a contact that writes, and passing it on, ask the database eleven times: twelve is the goal."""
        talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
        visitor = Visitor(cast.admin).by_htmx
        visitor.get("/contactos")
        given = [
            statements_of(visitor, f"/contactos/{talk.contact_id}/encargado", person=one.person_id)
            for one in (cast.bruno, cast.alba)
        ]

        assert [11, 11] == [len(statements) for statements in given]
        assert [cast.alba.person_id] == assignees_of([talk.pk])[talk.pk].person_ids

    def test_takes_it_back_within_its_time(self, cast: Cast) -> None:
        """Undo restores the former owner; the history keeps both decisions (UX-2)."""
        contact = a_contact("De Bruno", by=cast.admin, owner=cast.bruno)
        visitor = Visitor(cast.manager).by_htmx
        given = visitor.post(f"/contactos/{contact.pk}/encargado", person=cast.alba.person_id)
        undone = visitor.post(toast(given)["undo"])

        assert f'id="owner-{contact.pk}"' in text(undone)
        assert cast.bruno.person_id == owner_of(contact.pk, cast)

    def test_who_saw_an_old_state_must_choose(self, cast: Cast) -> None:
        """The second of two managers sees the first one's choice; nothing is overwritten in silence (UX-5)."""
        contact = a_contact("Disputado", by=cast.admin)
        Visitor(cast.admin).by_htmx.post(
            f"/contactos/{contact.pk}/encargado", person=cast.alba.person_id, version=contact.version
        )
        second = Visitor(cast.manager).by_htmx.post(
            f"/contactos/{contact.pk}/encargado", person=cast.bruno.person_id, version=contact.version
        )

        assert 412 == second.status_code
        assert "conflict" == toast(second)["kind"]
        assert str(cast.bruno.person_id) == toast(second)["mine"]["values"]["person"]
        assert cast.alba.person_id == owner_of(contact.pk, cast)

    def test_works_without_javascript(self, cast: Cast) -> None:
        """The same choices are a page with one form, and the choice leads back to the contact."""
        contact = a_contact("Libre", by=cast.admin)
        visitor = Visitor(cast.manager)
        page = visitor.get(f"/contactos/{contact.pk}/encargado/opciones")
        again = Visitor(cast.manager, {"Referer": f"http://testserver/contactos/{contact.pk}/encargado/opciones"})
        response = again.post(f"/contactos/{contact.pk}/encargado", person=cast.bruno.person_id, version=1)

        assert "<h1>" in text(page)
        assert f"/contactos/{contact.pk}" == response.headers["Location"]
        assert cast.bruno.person_id == owner_of(contact.pk, cast)


class TestAnAgent:
    def test_sees_one_button_on_what_is_free(self, cast: Cast) -> None:
        """A free contact offers only *Asignarme*; one of somebody else is plain text (UX-3, LG-2)."""
        a_contact("Libre", by=cast.admin)
        a_contact("De Bruno", by=cast.admin, owner=cast.bruno)
        shown = text(Visitor(cast.alba).get("/contactos"))

        assert 1 == shown.count("data-take")
        assert "data-picker=" not in shown

    def test_takes_it(self, cast: Cast) -> None:
        """*Asignarme* makes the agent its owner."""
        contact = a_contact("Libre", by=cast.admin)
        Visitor(cast.alba).by_htmx.post(f"/contactos/{contact.pk}/encargado", person=cast.alba.person_id)

        assert cast.alba.person_id == owner_of(contact.pk, cast)

    def test_may_not_give_it_to_another(self, cast: Cast) -> None:
        """A forged choice is refused with the reason, and changes nothing (UX-3)."""
        contact = a_contact("Libre", by=cast.admin)
        response = Visitor(cast.alba).by_htmx.post(f"/contactos/{contact.pk}/encargado", person=cast.bruno.person_id)

        assert 403 == response.status_code
        assert "error" == toast(response)["kind"]
        assert owner_of(contact.pk, cast) is None

    def test_may_not_open_the_choices(self, cast: Cast) -> None:
        """The picker is for those who may give."""
        contact = a_contact("Libre", by=cast.admin)

        assert 403 == Visitor(cast.alba).get(f"/contactos/{contact.pk}/encargado/opciones").status_code

    def test_is_told_who_was_first(self, cast: Cast) -> None:
        """Somebody of the group was faster: the answer shows who has it (409)."""
        contact = a_contact("Deseado", by=cast.admin, owner=cast.bruno)
        response = Visitor(cast.alba).by_htmx.post(
            f"/contactos/{contact.pk}/encargado", person=cast.alba.person_id, version=contact.version
        )

        assert 409 == response.status_code
        assert "Bruno" in toast(response)["text"]

    def test_of_another_group_finds_nothing(self, cast: Cast) -> None:
        """What one may not see does not exist, also for a forged request."""
        contact = a_contact("De Bruno", by=cast.admin, owner=cast.bruno)
        response = Visitor(cast.carla).by_htmx.post(f"/contactos/{contact.pk}/encargado", person=cast.carla.person_id)

        assert 404 == response.status_code


class TestTheProfile:
    def test_offers_a_link_and_a_pencil(self, cast: Cast) -> None:
        """Nobody: *Asignar*. Somebody and a manager looks: a pencil. Both open the same choices (LG-5)."""
        free = a_contact("Libre", by=cast.admin)
        owned = a_contact("De Bruno", by=cast.admin, owner=cast.bruno)
        visitor = Visitor(cast.manager)

        for contact in (free, owned):
            assert "opciones?as=field" in text(visitor.get(f"/contactos/{contact.pk}"))
        assert "data-picker=" not in text(Visitor(cast.alba).get(f"/contactos/{owned.pk}"))

    def test_is_answered_in_its_own_shape(self, cast: Cast) -> None:
        """A choice made on the profile keeps the profile's look."""
        contact = a_contact("Libre", by=cast.admin)
        response = Visitor(cast.manager).by_htmx.post(
            f"/contactos/{contact.pk}/encargado?as=field", person=cast.bruno.person_id
        )

        assert "as-field" in text(response)
