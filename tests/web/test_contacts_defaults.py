"""The default assignees on the profile: named and taken off by who manages, seen by the others."""

import pytest

from reparto.contacts.models import Contact
from reparto.contacts.queries import default_assignees_of
from reparto.kit.clock import now
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, a_stranger, a_whatsapp_account
from tests.web.inbox_cast import a_conversation
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text, toast


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def named(contact: Contact) -> list[int]:
    """Return who is put on the contact's new conversations."""
    return default_assignees_of([contact.pk]).get(contact.pk, [])


class TestOnTheProfile:
    def test_a_manager_names_and_takes_off(self, cast: Cast) -> None:
        """AC-2: Bruno is added beside the owner, shown, and taken off again."""
        contact = a_contact("Clara", by=cast.admin, owner=cast.alba)
        url, marta = f"/contactos/{contact.pk}/propietarios", Visitor(cast.manager)
        marta.post(url, add_person=cast.bruno.person_id)
        assert [cast.bruno.person_id] == named(contact)
        assert f'name="remove_person" value="{cast.bruno.person_id}"' in text(marta.get(f"/contactos/{contact.pk}"))
        marta.post(url, remove_person=cast.bruno.person_id)

        assert [] == named(contact)

    def test_an_agent_sees_and_may_not(self, cast: Cast) -> None:
        """No form for an agent; a forged one is 403."""
        contact = a_contact("Clara", by=cast.admin, owner=cast.alba)
        alba = Visitor(cast.alba)

        assert "/propietarios" not in text(alba.get(f"/contactos/{contact.pk}"))
        assert 403 == alba.post(f"/contactos/{contact.pk}/propietarios", add_person=1).status_code

    def test_a_stranger_finds_nothing(self, cast: Cast) -> None:
        """404, like for what never was."""
        contact = a_contact("Clara", by=cast.admin)
        visitor = Visitor(a_stranger().admin)

        assert 404 == visitor.post(f"/contactos/{contact.pk}/propietarios", add_person=1).status_code

    @pytest.mark.parametrize("room", ["profile", "conversation"])
    def test_who_is_not_here_is_refused_in_words(self, cast: Cast, room: str) -> None:
        """Bad input, EC-23: a person who is gone, suspended, foreign or one too many is 422 with the reason, by script and without."""
        talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
        url = f"/contactos/{talk.contact_id}" if room == "profile" else f"/bandeja/{talk.pk}"
        visitor, stranger = Visitor(cast.admin), a_stranger().alba.person_id
        suspend_person(cast.carla.person_id, actor=cast.admin, at=AT)
        for wrong in (999_999, stranger, cast.carla.person_id, list(range(900_000, 900_051))):
            refused = visitor.by_htmx.post(f"{url}/propietarios", add_person=wrong)
            assert (422, "error") == (refused.status_code, toast(refused)["kind"])
        plain = visitor.post(f"{url}/propietarios", add_person=999_999)

        assert (422, True) == (plain.status_code, "Esa persona no existe." in text(plain))
        assert [] == named(talk.contact)
