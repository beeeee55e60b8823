"""Mentions in the inbox: whom the composer offers, what the note shows, where the mentioned finds it."""

import pytest

from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, act, fragment

pytestmark = pytest.mark.django_db


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


class TestTheComposer:
    def test_offers_who_may_see_it(self, cast: Cast, talk: Conversation) -> None:
        """UX-18: Alba is offered Bruno by the beginning of his name, never Carla or herself; strangers get 404."""
        browser = a_browser(cast.alba)

        offered = fragment(browser, f"/bandeja/{talk.pk}/menciones?q=").content.decode()
        assert 'data-insert="@Bruno "' in offered
        assert "Carla" not in offered
        assert "@Alba" not in offered
        assert "@Bruno" in fragment(browser, f"/bandeja/{talk.pk}/menciones?q=BRÚ").content.decode()
        assert "@Bruno" not in fragment(browser, f"/bandeja/{talk.pk}/menciones?q=uno").content.decode()
        assert 404 == fragment(a_browser(cast.carla), f"/bandeja/{talk.pk}/menciones").status_code


class TestANote:
    def test_marks_names_and_nothing_else(self, cast: Cast, talk: Conversation) -> None:
        """The name is marked where it stands; signs of markup beside it stay signs."""
        act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="<b> @Bruno & co", mode="note")

        shown = a_browser(cast.bruno).get(f"/bandeja/{talk.pk}").content.decode()

        assert '&lt;b&gt; <span class="men">@Bruno</span> &amp; co' in shown

    def test_is_found_under_mentions_and_in_the_centre(self, cast: Cast, talk: Conversation) -> None:
        """Bruno's view *Mentions* counts and shows it, and his notification leads to it."""
        act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="@Bruno, mira", mode="note")
        browser = a_browser(cast.bruno)

        assert f'id="cv-{talk.pk}"' in browser.get("/bandeja?view=mentions").content.decode()
        assert f'href="/bandeja/{talk.pk}"' in browser.get("/notificaciones").content.decode()
