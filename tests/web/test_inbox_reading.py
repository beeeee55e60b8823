"""What each person has read, begun to write, and looks for in the inbox."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.channels.models import Account
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import messages_of
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from reparto.people.actor import Actor
from tests.cast import Cast
from tests.web.inbox_cast import a_browser, a_conversation, act, fragment, keep

pytestmark = pytest.mark.django_db
UNREAD = '<span class="cnt">'


def listed(actor: Actor, query: str = "") -> str:
    """Return the list as a person sees it."""
    return fragment(a_browser(actor), f"/bandeja/lista{query}").content.decode()


class TestUnread:
    def test_what_one_has_not_seen_is_counted(self, cast: Cast, account: Account) -> None:
        """The row of a conversation that was never opened counts what nobody has answered."""
        a_conversation(account, "Uno", "Dos", at=now())

        assert f'{UNREAD}<span class="vh">' in listed(cast.alba)
        assert "</span>2</span>" in listed(cast.alba)

    def test_opening_reads_it_for_oneself_alone(self, cast: Cast, talk: Conversation) -> None:
        """Opening marks it read for whoever opens it, and for nobody else."""
        a_browser(cast.alba).get(f"/bandeja/{talk.pk}")

        assert UNREAD not in listed(cast.alba, "?view=team")
        assert UNREAD in listed(cast.bruno, "?view=team")

    def test_what_comes_after_the_last_look_is_new(self, cast: Cast, account: Account, talk: Conversation) -> None:
        """A message after the last look counts, and an answer by a colleague does not make it read."""
        a_browser(cast.manager).get(f"/bandeja/{talk.pk}")
        Message.objects.create(
            organization_id=talk.organization_id,
            conversation_id=talk.pk,
            account_id=account.pk,
            direction="in",
            text="¿Hola?",
            sent_at=now(),
            created_at=now(),
        )
        act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="Sí")

        assert "</span>1</span>" in listed(cast.manager, "?view=team")

    def test_a_thread_in_a_tab_that_nobody_sees_stays_unread(self, cast: Cast, talk: Conversation) -> None:
        """A hidden tab fetches what arrives and marks nothing; a visible one does."""
        browser, url = a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes?from=0"
        browser.get(url, headers={"HX-Request": "true", "X-Hidden": "yes"})
        hidden = listed(cast.alba)
        fragment(browser, url)

        assert UNREAD in hidden
        assert UNREAD not in listed(cast.alba)

    def test_it_can_be_kept_as_unread(self, cast: Cast, talk: Conversation) -> None:
        """*Marcar como no leída* counts the last message again and leads back to the list."""
        browser = a_browser(cast.alba)
        browser.get(f"/bandeja/{talk.pk}")
        answer = act(browser, f"/bandeja/{talk.pk}/no-leida?view=team")

        assert "/bandeja?view=team" == answer.headers["HX-Redirect"]
        assert "</span>1</span>" in listed(cast.alba)


class TestSearch:
    @pytest.mark.parametrize("words", ["diesel", "DIÉSEL tien", "cliente"])
    def test_it_finds_contacts_and_words(self, cast: Cast, talk: Conversation, words: str) -> None:
        """Any part of what was said or of the contact's name finds it, accents and case ignored."""
        assert f'id="cv-{talk.pk}"' in listed(cast.alba, f"?search={words}")
        assert f'id="cv-{talk.pk}"' not in listed(cast.alba, "?search=gasolina")

    def test_it_finds_a_number_in_any_spelling(self, cast: Cast, account: Account) -> None:
        """A phone is found by its digits, however they are written."""
        talk = a_conversation(account, "Hola", at=now(), sender="+573001234567")

        assert f'id="cv-{talk.pk}"' in listed(cast.alba, "?search=300 123-45")

    def test_it_looks_in_every_state_and_stays_within_what_one_sees(self, cast: Cast, talk: Conversation) -> None:
        """A closed conversation is found as well; Carla, who may not see it, finds nothing."""
        act(a_browser(cast.alba), f"/bandeja/{talk.pk}/cerrar")

        assert f'id="cv-{talk.pk}"' in listed(cast.alba, "?search=diesel")
        assert f'id="cv-{talk.pk}"' not in listed(cast.alba, "?search=diesel&status=open")
        for view in ("mine", "unassigned", "team"):
            assert f'id="cv-{talk.pk}"' not in listed(cast.carla, f"?search=diesel&view={view}")

    @pytest.mark.parametrize("words", ["%25", "_", "%00", "'", "\\", " ", "a" * 400])
    def test_odd_words_find_nothing_and_break_nothing(self, cast: Cast, talk: Conversation, words: str) -> None:
        """Signs of SQL are letters like any other."""
        assert a_browser(cast.alba).get(f"/bandeja?search={words}").status_code == 200

    def test_a_team_is_a_filter(self, cast: Cast, talk: Conversation) -> None:
        """What the people of a team work is shown by that team and not by another; the chip takes it off."""
        assert f'id="cv-{talk.pk}"' in listed(cast.alba, f"?group={cast.north_id}")
        other = a_browser(cast.alba).get(f"/bandeja?group={cast.south_id}").content.decode()
        assert f'id="cv-{talk.pk}"' not in other
        assert 'href="/bandeja"' in other


class TestSendingAgain:
    def test_a_failed_message_leaves_once_more(self, cast: Cast, talk: Conversation) -> None:
        """*Reintentar* puts it into the outbox under a new key, once however often one presses."""
        browser, message = failed(cast.alba, talk)
        url = f"/bandeja/{talk.pk}/mensajes/{message.pk}/reenviar"
        assert f'action="{url}"' in browser.get(f"/bandeja/{talk.pk}").content.decode()

        answers = [act(browser, url).status_code, act(browser, url).status_code]
        message.refresh_from_db()
        rows = Outbox.objects.filter(kind="whatsapp.text", body__message_id=message.pk)
        assert ([204, 409], "sending") == (answers, message.status)
        assert 2 == len({row.key for row in rows}) == rows.count()

    @pytest.mark.parametrize("status", ["unknown", "sending", "sent", "delivered", "read"])
    def test_what_may_have_arrived_is_never_repeated(self, cast: Cast, talk: Conversation, status: str) -> None:
        """Only what certainly failed is sent again; an unknown outcome is not (INV: never twice)."""
        browser, message = failed(cast.alba, talk, status=status)

        assert 409 == act(browser, f"/bandeja/{talk.pk}/mensajes/{message.pk}/reenviar").status_code
        assert "/reenviar" not in browser.get(f"/bandeja/{talk.pk}").content.decode()

    def test_a_closed_window_is_said(self, cast: Cast, account: Account) -> None:
        """24 hours after the contact's last message it does not leave again either."""
        talk = a_conversation(account, "Hola", at=now())
        browser, message = failed(cast.alba, talk)
        Conversation.objects.filter(pk=talk.pk).update(last_inbound_at=now() - timedelta(hours=25))

        assert 409 == act(browser, f"/bandeja/{talk.pk}/mensajes/{message.pk}/reenviar").status_code


class TestTheRow:
    def test_names_everybody_who_works_it(self, cast: Cast, talk: Conversation) -> None:
        """Two others are named by their first names, with both faces; whoever works it with one reads who takes part."""
        url = f"/bandeja/{talk.pk}/asignado"
        act(a_browser(cast.manager), url, add_person=cast.bruno.person_id)

        assert '<span class="ell shares">Alba, Bruno</span>' in listed(cast.manager, "?view=team")
        assert '<span class="ell shares">Bruno también participa</span>' in listed(cast.alba)

    def test_says_how_it_stands_when_nothing_else_does(self, cast: Cast, talk: Conversation) -> None:
        """The third line is never empty."""
        assert '<span class="ell">Espera respuesta</span>' in listed(cast.alba)
        act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="Sí")
        assert '<span class="ell">Esperando al contacto</span>' in listed(cast.alba)

    def test_has_a_stamp_that_differs_when_it_says_something_else(self, cast: Cast, account: Account) -> None:
        """The browser counts what is new by it: equal while nothing changed, another after a message."""
        talk = a_conversation(account, "Uno", at=now(), sender="+573001112233")
        first, again = _stamp(listed(cast.alba), talk), _stamp(listed(cast.alba), talk)
        a_conversation(account, "Dos", at=now(), sender="+573001112233")

        assert first == again
        assert first != _stamp(listed(cast.alba), talk)


class TestTheFrame:
    def test_says_the_load_and_the_bell_anew(self, cast: Cast, talk: Conversation) -> None:
        """What the sidebar fetches again has the counts and, out of band, one's own load and the bell."""
        answer = fragment(a_browser(cast.alba), "/nav?active=inbox").content.decode()

        assert 'id="me-load-side" hx-swap-oob="true"' in answer
        assert 'id="shell-bell" hx-swap-oob="true"' in answer


class TestAStranger:
    def test_gets_404_from_all_of_it(self, cast: Cast, talk: Conversation) -> None:
        """Carla, who may not see it, reads, marks, keeps and sends nothing of it."""
        browser, message = a_browser(cast.carla), messages_of(talk.pk)[0]
        acts = ("no-leida", f"mensajes/{message.pk}/reenviar")

        assert [404, 404] == [act(browser, f"/bandeja/{talk.pk}/{one}").status_code for one in acts]
        assert 404 == keep(browser, talk, "text=x")
        assert 404 == fragment(browser, f"/bandeja/{talk.pk}/mensajes?from=0").status_code


class TestQueries:
    def test_stay_few(self, cast: Cast, account: Account, talk: Conversation) -> None:
        """The page and its parts cost no more queries than these, those of signing in and of the frame included."""
        a_conversation(account, "Uno", "Dos", at=now())
        browser = a_browser(cast.alba)
        most = {
            "lista": (f"/bandeja/lista?open={talk.pk}", MOST_LIST),
            "mensajes": (f"/bandeja/{talk.pk}/mensajes?from=0", MOST_PART),
            "cabecera": (f"/bandeja/{talk.pk}/cabecera", MOST_PART),
            "detalles": (f"/bandeja/{talk.pk}/detalles", MOST_ASIDE),
            "página": (f"/bandeja/{talk.pk}", MOST_PAGE),
        }
        counted = {name: _queries(browser, url) for name, (url, _) in most.items()}

        assert {} == {name: number for name, number in counted.items() if number > most[name][1]}


#: Seven of them say who asks; four more draw the frame of a page.
MOST_LIST = 15
MOST_PART = 17
MOST_ASIDE = 20
MOST_PAGE = 38


def _stamp(shown: str, talk: Conversation) -> str:
    found = re.search(rf'id="cv-{talk.pk}" data-item data-stamp="(\w+)"', shown)
    assert found is not None
    return found[1]


def failed(actor: Actor, talk: Conversation, *, status: str = "failed") -> tuple[Client, Message]:
    """Let somebody send something that ends so."""
    browser = a_browser(actor)
    act(browser, f"/bandeja/{talk.pk}/mensajes", text="Sí, tenemos")
    message = messages_of(talk.pk)[0]
    Message.objects.filter(pk=message.pk).update(status=status, error="131026")
    return browser, message


def _queries(browser: Client, url: str) -> int:
    fragment(browser, url)
    with CaptureQueriesContext(connection) as caught:
        assert fragment(browser, url).status_code == 200
    return len(caught)
