"""Merging by page and by API: found, compared, one owner chosen, undone; the link of the merged one leads on."""

import re
from datetime import timedelta

import pytest
import time_machine

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.contacts.find_merge import merges_of
from reparto.contacts.models import Contact
from reparto.kit.clock import now
from tests.api.caller import Caller
from tests.cast import Cast, a_company
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


@pytest.fixture
def pair(cast: Cast) -> tuple[Contact, Contact]:
    """Alba's and Bruno's contact, of one name."""
    one = a_contact("Clara Núñez", by=cast.admin, owner=cast.alba)
    return one, a_contact("Clara Nunez", by=cast.admin, owner=cast.bruno)


class TestThePage:
    def test_offers_doubles_and_asks_for_the_owner(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """EC-56: the same name, accents ignored, is offered at once; of two owners none is preset."""
        visitor = Visitor(cast.manager)
        found = text(visitor.get(f"/contactos/{pair[0].pk}/fusionar"))
        compared = text(visitor.get(f"/contactos/{pair[0].pk}/fusionar", other=pair[1].pk))

        assert f"?other={pair[1].pk}" in found
        assert 2 == compared.count('name="owner"')
        assert "Alba" in compared
        assert "Bruno" in compared

    def test_merges_leads_on_and_can_be_undone(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """EC-56: after it the other's address leads to the kept one, whose page offers the way back."""
        one, other = pair
        visitor = Visitor(cast.manager)
        refused = visitor.post(f"/contactos/{one.pk}/fusionar", other=other.pk, keep=one.pk)
        visitor.post(f"/contactos/{one.pk}/fusionar", other=other.pk, keep=one.pk, owner=cast.bruno.person_id)
        (merge,) = merges_of([one.pk])

        assert 422 == refused.status_code
        assert f"/contactos/{one.pk}" == visitor.get(f"/contactos/{other.pk}")["Location"]
        shown = text(visitor.get(f"/contactos/{one.pk}"))
        assert f"/contactos/fusiones/{merge.pk}/deshacer" in shown
        assert "antes de la fusión" in shown

        visitor.post(f"/contactos/fusiones/{merge.pk}/deshacer")
        assert 200 == visitor.get(f"/contactos/{other.pk}").status_code

    def test_asks_again_when_one_of_the_two_was_given_away(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """INV-16: a choice made since the page was drawn is not undone by it; the two are shown as they are now."""
        one, other = pair
        visitor = Visitor(cast.admin)
        address = f"/contactos/{one.pk}/fusionar"
        for given, to in ((one, cast.carla), (other, cast.manager)):
            seen = dict(re.findall(r'name="(version-\d+)" value="(\d+)"', text(visitor.get(address, other=other.pk))))
            chosen = {"other": other.pk, "keep": one.pk, "owner": cast.bruno.person_id, **seen}
            assign_by_hand(given.pk, owner_id=to.person_id, actor=cast.admin, at=now())
            refused = visitor.post(address, **chosen)

            assert 412 == refused.status_code
            assert to.name in text(refused)
        assert [cast.carla.person_id, cast.manager.person_id] == [
            Contact.objects.get(pk=each.pk).owner_id for each in pair
        ]

    def test_is_not_for_an_agent_with_a_colleagues_contact(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """LG-2: Alba sees Bruno's contact and may not take it by merging."""
        visitor = Visitor(cast.alba)

        assert 403 == visitor.get(f"/contactos/{pair[0].pk}/fusionar", other=pair[1].pk).status_code
        assert 403 == visitor.post(f"/contactos/{pair[0].pk}/fusionar", other=pair[1].pk).status_code

    def test_tells_the_other_owner_in_their_centre(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """EC-56: once the toast's time has passed, whoever lost the contact reads who has it."""
        Visitor(cast.manager).post(
            f"/contactos/{pair[0].pk}/fusionar", other=pair[1].pk, keep=pair[0].pk, owner=cast.alba.person_id
        )
        with time_machine.travel(now() + timedelta(minutes=1), tick=False):
            told = text(Visitor(cast.bruno).get("/notificaciones"))

        assert "se fusionó con otro contacto; el encargado es Alba" in told


class TestTheApi:
    def test_merges_and_parts(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """EC-56: the owner has to be said; the merged id answers with the way to the other; undo gives both back."""
        one, other = pair
        manager = Caller(cast.manager)
        path = f"/contacts/{one.pk}/merge"

        assert {"owner_id": "choose_owner"} == manager.post(path, {"other_id": other.pk}).codes
        assert {"other_id": "unknown_contact"} == manager.post(path, {"other_id": 999_999}).codes
        assert {"other_id": "same_contact"} == manager.post(path, {"other_id": one.pk}).codes
        made = manager.post(path, {"other_id": other.pk, "owner_id": cast.alba.person_id})
        assert (201, one.pk, other.pk) == (made.status, made.body["contact_id"], made.body["merged_id"])
        led = manager.get(f"/contacts/{other.pk}")
        assert (308, f"/api/v1/contacts/{one.pk}") == (led.status, led.response["Location"])
        assert 404 == manager.patch(f"/contacts/{other.pk}", {"name": "x"}).status
        assert [made.body["id"]] == [row["id"] for row in manager.get(f"/contacts/{one.pk}/merges").body["items"]]

        assert 200 == manager.post(f"/merges/{made.body['id']}/undo").status
        assert 409 == manager.post(f"/merges/{made.body['id']}/undo").status
        assert cast.bruno.person_id == manager.get(f"/contacts/{other.pk}").body["owner_id"]

    def test_keeps_to_who_may(self, cast: Cast, pair: tuple[Contact, Contact]) -> None:
        """A colleague may not (403), and whoever may not see the contact or the merge gets the one 404."""
        one, other = pair
        made = Caller(cast.admin).post(
            f"/contacts/{one.pk}/merge", {"other_id": other.pk, "owner_id": one.owner_id or cast.alba.person_id}
        )
        carla = Caller(cast.carla)

        assert 403 == Caller(cast.bruno).post(f"/merges/{made.body['id']}/undo").status
        missing = carla.get("/contacts/999999").raw
        assert {missing} == {
            carla.get(f"/contacts/{other.pk}").raw,
            carla.post(f"/merges/{made.body['id']}/undo").raw,
            carla.post("/merges/999999/undo").raw,
        }
