"""The toast of an act on a conversation puts back what the act took away."""

import json
from datetime import datetime, timedelta

import pytest

from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation that Alba works, whose contact waits for an answer."""
    talk = a_conversation(a_whatsapp_account(admin=cast.admin), "¿Tienen la diésel?", at=now())
    act(a_browser(cast.admin), f"/bandeja/{talk.pk}/asignado", add_person=cast.alba.person_id)
    return talk


def undo_of(response: object) -> str:
    """Return where the toast of an answer sends who undoes."""
    return str(json.loads(response.headers["HX-Trigger"])["toast"]["undo"])  # type: ignore[attr-defined]


def how_it_waits(talk: Conversation) -> tuple[str, datetime | None, datetime | None]:
    """Return how a conversation stands now: since when its contact waits, and until when it is put off."""
    talk.refresh_from_db()
    return (talk.status, talk.waiting_since, talk.snoozed_until)


class TestUndoing:
    def test_closing_can_be_undone(self, cast: Cast, talk: Conversation) -> None:
        """The toast of *Cerrar* puts back all that closing took: it waits for an answer, or for its moment."""
        alba, until = a_browser(cast.alba), now() + timedelta(hours=3)
        started = how_it_waits(talk)
        act(alba, undo_of(act(alba, f"/bandeja/{talk.pk}/cerrar")))
        put_back = how_it_waits(talk)
        act(alba, f"/bandeja/{talk.pk}/posponer", until=until.isoformat())
        act(alba, undo_of(act(alba, f"/bandeja/{talk.pk}/cerrar")))

        assert ("open", True) == (started[0], started[1] is not None)
        assert [started, ("snoozed", started[1], until)] == [put_back, how_it_waits(talk)]

    def test_an_undo_leaves_what_a_colleague_did_since(self, cast: Cast, talk: Conversation) -> None:
        """What was reopened and closed again by another stays closed: nobody undoes somebody else's act."""
        undo = undo_of(act(a_browser(cast.alba), f"/bandeja/{talk.pk}/cerrar"))
        for word in ("reabrir", "cerrar"):
            act(a_browser(cast.admin), f"/bandeja/{talk.pk}/{word}")

        assert 409 == act(a_browser(cast.alba), undo).status_code
        assert "closed" == how_it_waits(talk)[0]
