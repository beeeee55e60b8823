"""Who else is in a conversation: told by the live stream, drawn on demand, kept nowhere."""

import json
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.kit.live import CHANNEL
from reparto.web.live.hub import _way_in
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, act, fragment


@pytest.fixture
def cast() -> Cast:
    """Alba and Bruno in the north, Carla in the south."""
    return a_company()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation that was given to Alba by hand."""
    talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
    act(a_browser(cast.admin), f"/bandeja/{talk.pk}/asignado", add_person=cast.alba.person_id)
    return talk


@pytest.mark.django_db(transaction=True)
class TestTelling:
    def test_is_an_event_of_ids_and_no_row(self) -> None:
        """UX-17: what Alba does is told with its conversation and her id; nothing is stored of it."""
        with transaction.atomic():
            cast = a_company()
            talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
            admin = a_browser(cast.admin)
        with psycopg.connect(**_way_in(), autocommit=True) as listener:
            listener.execute(f"LISTEN {CHANNEL}")
            assert 204 == act(admin, f"/bandeja/{talk.pk}/presencia", state="reply").status_code
            heard: list[dict[str, Any]] = [json.loads(one.payload) for one in listener.notifies(timeout=2)]
        connection.close()

        assert [[talk.pk, cast.admin.person_id, 2]] == [one["ids"] for one in heard if one["topic"] == "presence"]


@pytest.mark.django_db
class TestBeingThere:
    def test_is_for_who_may_see_it(self, cast: Cast, talk: Conversation) -> None:
        """Carla neither says that she is there nor asks who is; what is no state is refused."""
        for url in (f"/bandeja/{talk.pk}/presencia", "/bandeja/999999/presencia"):
            assert 404 == act(a_browser(cast.carla), url, state="viewing").status_code
        assert 404 == fragment(a_browser(cast.carla), f"/bandeja/{talk.pk}/presentes").status_code
        assert 422 == act(a_browser(cast.alba), f"/bandeja/{talk.pk}/presencia", state="dancing").status_code

    def test_is_drawn_with_names(self, cast: Cast, talk: Conversation) -> None:
        """Faces in the head, a warning for who writes a reply; oneself and unknown people are left out."""
        ids = f"{cast.bruno.person_id},{cast.alba.person_id},999999999,x"
        url = f"/bandeja/{talk.pk}/presentes?viewing={ids}&reply={cast.bruno.person_id}&note="

        drawn = fragment(a_browser(cast.alba), url).content.decode()

        assert "Bruno está aquí" in drawn
        assert '<b class="med">Bruno</b> está escribiendo una respuesta' in drawn
        assert "Alba" not in drawn


@pytest.mark.django_db
class TestTwoAnswers:
    def test_over_an_unseen_newer_one_is_asked_once(self, cast: Cast, talk: Conversation) -> None:
        """UX-17: Alba is shown that Bruno answered; having seen it she sends; a note is never held up."""
        alba, url = a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes"
        act(a_browser(cast.bruno), url, text="Soy Bruno", mode="reply")

        asked = act(alba, url, text="Soy Alba", mode="reply", seen="0")
        assert 409 == asked.status_code
        assert "Bruno" in json.loads(asked.headers["HX-Trigger"])["toast"]["text"]
        assert 200 == act(alba, url, text="Nota", mode="note", seen="0").status_code
        assert 200 == act(alba, url, text="Soy Alba", mode="reply", seen="99999999").status_code

    def test_is_said_to_nobody_who_may_not_see_it(self, cast: Cast, talk: Conversation) -> None:
        """INV-30: after Bruno's answer a stranger to the conversation hears what is said of one that does not exist."""
        act(a_browser(cast.bruno), f"/bandeja/{talk.pk}/mensajes", text="Soy Bruno", mode="reply")
        carla = a_browser(cast.carla)

        said = [
            act(carla, f"/bandeja/{one}/mensajes", text="x", mode="reply", seen="0") for one in (talk.pk, 999999999)
        ]

        assert [404, 404] == [one.status_code for one in said]
        assert said[0].content == said[1].content
