"""The palette offers what may be done here, where one may go, and whom one may find; nothing else."""

import re

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.kit.clock import now
from tests.cast import AT, Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_conversation
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

    @pytest.mark.parametrize("place", ["open", "row"])
    def test_offers_what_may_be_done_to_a_conversation(self, cast: Cast, place: str) -> None:
        """UX-6: its contact's owner, reply, note, taking and closing; of a row only what needs no open page."""
        talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
        here = f"conversation:{talk.pk}" + (":open" if place == "open" else "")
        shown = text(Visitor(cast.admin).by_htmx.get("/palette", context=here))
        keys = {"assign", "note", "reply", "snooze", "take"} if place == "open" else set()
        posted = re.findall(r'data-post="/bandeja/\d+/([^"]+)"', shown)

        assert keys | {"shortcuts"} == set(re.findall(r'data-run="([^"]+)"', shown))
        assert ["asignarme", "cerrar", "no-leida"] == posted
        assert f'href="/contactos/{talk.contact_id}/editar"' in shown

    def test_offers_an_agent_what_the_table_allows_in_a_conversation(self, cast: Cast) -> None:
        """LG-2, AC-1: an agent takes a free one, and neither assigns nor closes it; a stranger is offered nothing."""
        account = a_whatsapp_account(admin=cast.admin)
        free, theirs = (a_conversation(account, at=now()) for _ in range(2))
        assign_by_hand(theirs.contact_id, owner_id=cast.carla.person_id, actor=cast.admin, at=AT)
        assign_conversation(theirs.pk, Chosen((cast.carla.person_id,)), actor=cast.admin, at=AT)
        alba = Visitor(cast.alba).by_htmx
        shown, foreign = (text(alba.get("/palette", context=f"conversation:{one.pk}:open")) for one in (free, theirs))

        assert ("/asignarme" in shown, "/cerrar" in shown, 'data-run="assign"' in shown) == (True, False, False)
        assert "/bandeja/" not in foreign.replace('href="/bandeja"', "")

    def test_knows_nothing_of_a_foreign_object(self, cast: Cast) -> None:
        """An object that is not theirs offers nothing, and fails nothing."""
        contact = a_contact("Ajena", by=cast.admin, owner=cast.carla)
        response = Visitor(cast.alba).by_htmx.get("/palette", context=f"contact:{contact.pk}")

        assert 200 == response.status_code
        assert "Ajena" not in text(response)
