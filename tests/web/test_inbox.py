"""The inbox shows each person their conversations, and lets them do what they may."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.assignment.queries import decisions_of_conversation
from reparto.channels.models import Account
from reparto.contacts.queries import default_assignees_of
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, messages_of
from reparto.kit.clock import now
from reparto.people.actor import Actor
from tests.cast import Cast, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, act, fragment

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(cast: Cast) -> Conversation:
    """A conversation that nobody works: no rule speaks for it."""
    return a_conversation(a_whatsapp_account(admin=cast.admin), "¿Hay alguien?", at=now())


def page(actor: Actor, url: str) -> str:
    """Return a page as a person sees it."""
    return a_browser(actor).get(url).content.decode()


def toast(response: object) -> str:
    """Return what the toast of an answer says."""
    return str(json.loads(response.headers["HX-Trigger"])["toast"]["text"])  # type: ignore[attr-defined]


class TestTheList:
    def test_mine_has_what_was_given_to_me(self, cast: Cast, talk: Conversation) -> None:
        """The first view holds the conversations that the actor works, with the last words of the contact."""
        shown = page(cast.alba, "/bandeja")

        assert f'id="cv-{talk.pk}"' in shown
        assert "¿Tienen la diésel?" in shown

    def test_unassigned_has_what_nobody_works(self, cast: Cast, talk: Conversation, alone: Conversation) -> None:
        """*Sin asignar* holds conversations without anybody, and only those."""
        shown = page(cast.alba, "/bandeja?view=unassigned")

        assert f'id="cv-{alone.pk}"' in shown
        assert f'id="cv-{talk.pk}"' not in shown

    def test_team_has_what_colleagues_work(self, cast: Cast, talk: Conversation) -> None:
        """*Equipo* holds what somebody of the actor's group works; Carla, of another group, does not see it."""
        assert f'id="cv-{talk.pk}"' in page(cast.bruno, "/bandeja?view=team")
        assert f'id="cv-{talk.pk}"' not in page(cast.carla, "/bandeja?view=team")

    def test_the_address_says_state_and_account(self, cast: Cast, talk: Conversation) -> None:
        """A filter of another state or account hides the conversation, and is shown as a chip that can be removed."""
        hidden = page(cast.alba, f"/bandeja?status=closed&account={talk.account_id}")

        assert f'id="cv-{talk.pk}"' not in hidden
        assert f'href="/bandeja?account={talk.account_id}"' in hidden

    def test_an_address_that_makes_no_sense_is_as_preset(self, cast: Cast, talk: Conversation) -> None:
        """Unknown views, states, accounts and numbers fall back to what is preset."""
        url = "/bandeja?view=all&status=%00&account=x&shown=-4&tab=9&details=2"

        assert f'id="cv-{talk.pk}"' in page(cast.alba, url)

    def test_the_number_of_queries_does_not_grow_with_the_rows(self, cast: Cast, account: Account) -> None:
        """The list costs the same with one conversation as with many."""
        a_conversation(account, at=now())
        few = _queries(a_browser(cast.alba), "/bandeja/lista")
        for _ in range(6):
            a_conversation(account, "Uno", "Dos", at=now())

        assert few == _queries(a_browser(cast.alba), "/bandeja/lista")


class TestTheThread:
    def test_a_stranger_gets_404(self, cast: Cast, talk: Conversation) -> None:
        """Carla, who may not see it, is told that there is nothing; so is everybody of a number that does not exist."""
        assert 404 == a_browser(cast.carla).get(f"/bandeja/{talk.pk}").status_code
        assert 404 == a_browser(cast.alba).get("/bandeja/999999999999").status_code

    def test_it_says_what_was_said_and_why_it_is_here(self, cast: Cast, talk: Conversation) -> None:
        """The thread has the message and one line for the rule that chose, with its ¿Por qué?."""
        shown = page(cast.alba, f"/bandeja/{talk.pk}")

        (decision,) = decisions_of_conversation(talk.pk)
        assert "¿Tienen la diésel?" in shown
        assert "<b>Regla 1 · WhatsApp Norte</b>" in shown or "<b>Rule 1 · WhatsApp Norte</b>" in shown
        assert f'data-why="/decisiones/{decision.pk}"' in shown

    def test_what_people_wrote_is_text(self, cast: Cast, account: Account) -> None:
        """Markup in a message is shown, not obeyed."""
        talk = a_conversation(account, "<script>alert(1)</script>", at=now())

        assert "&lt;script&gt;alert(1)" in page(cast.alba, f"/bandeja/{talk.pk}")
        assert "<script>alert" not in page(cast.alba, f"/bandeja/{talk.pk}")

    def test_it_goes_back_by_pages_of_fifty(self, cast: Cast, account: Account) -> None:
        """The last fifty are shown; the link above leads to those before them, none twice and none left out."""
        talk = a_conversation(account, *[f"m{number}." for number in range(60)], at=now())
        ids = sorted(messages_of(talk.pk).values_list("pk", flat=True))

        latest = page(cast.alba, f"/bandeja/{talk.pk}")
        earlier = fragment(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes?before={ids[10]}").content.decode()

        assert ids[10:] == [one for one in ids if f'id="m-{one}"' in latest]
        assert ids[:10] == [one for one in ids if f'id="m-{one}"' in earlier]
        assert f"before={ids[10]}" in latest
        assert "before=" not in earlier

    def test_an_open_thread_asks_from_its_first_message_on(self, cast: Cast, account: Account) -> None:
        """What is fetched again begins where the thread began, so that nothing falls out between two pages."""
        talk = a_conversation(account, *[f"m{number}." for number in range(52)], at=now())
        ids = sorted(messages_of(talk.pk).values_list("pk", flat=True))

        again = fragment(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes?from={ids[2]}").content.decode()

        assert ids[2:] == [one for one in ids if f'id="m-{one}"' in again]

    def test_the_page_costs_a_fixed_number_of_queries(self, cast: Cast, account: Account, talk: Conversation) -> None:
        """A long thread costs as many queries as a short one."""
        few = _queries(a_browser(cast.alba), f"/bandeja/{talk.pk}")
        busy = a_conversation(account, *["Hola"] * 12, at=now())
        act(a_browser(cast.alba), f"/bandeja/{busy.pk}/mensajes", text="Sí")

        assert few == _queries(a_browser(cast.alba), f"/bandeja/{busy.pk}")


class TestWriting:
    def test_a_reply_is_stored_and_shown_as_sending(self, cast: Cast, talk: Conversation) -> None:
        """Sending answers the new bubble, which is on its way."""
        answer = act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="Sí, tenemos", mode="reply")

        last = messages_of(talk.pk)[0]
        assert ("Sí, tenemos", "sending", False) == (last.text, last.status, last.private)
        assert f'id="m-{last.pk}"' in answer.content.decode()

    def test_a_note_is_private(self, cast: Cast, talk: Conversation) -> None:
        """A private note is stored for our people only (UX-18)."""
        act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="Ojo con el precio", mode="note")

        assert messages_of(talk.pk)[0].private

    def test_without_javascript_it_leads_back_to_the_conversation(self, cast: Cast, talk: Conversation) -> None:
        """A plain form sends as well, and the place in the inbox is kept."""
        answer = a_browser(cast.alba).post(f"/bandeja/{talk.pk}/mensajes?view=team", {"text": "Hola", "mode": "reply"})

        assert (302, f"/bandeja/{talk.pk}?view=team") == (answer.status_code, answer.headers["Location"])

    def test_a_closed_window_takes_no_text(self, cast: Cast, account: Account) -> None:
        """24 hours after the contact's last message only notes can be written, and the page says why (UX-20)."""
        talk = a_conversation(account, "Hola", at=now() - timedelta(hours=25))

        assert 'value="note"' in page(cast.alba, f"/bandeja/{talk.pk}")
        refused = act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="Tarde", mode="reply")
        assert 422 == refused.status_code

    def test_who_only_sees_it_cannot_write(self, cast: Cast, alone: Conversation) -> None:
        """A forged reply to a conversation that nobody works is refused; the page offers to take it instead."""
        assert f'action="/bandeja/{alone.pk}/asignarme"' in page(cast.alba, f"/bandeja/{alone.pk}")
        assert 403 == act(a_browser(cast.alba), f"/bandeja/{alone.pk}/mensajes", text="Yo").status_code

    def test_the_composer_is_left_alone_while_nothing_changed(self, cast: Cast, talk: Conversation) -> None:
        """Nobody's typing is disturbed: the composer is answered only when what may be written is another."""
        browser = a_browser(cast.alba)

        assert 204 == fragment(browser, f"/bandeja/{talk.pk}/redactar?mood=open").status_code
        act(browser, f"/bandeja/{talk.pk}/cerrar")
        assert 200 == fragment(browser, f"/bandeja/{talk.pk}/redactar?mood=open").status_code


class TestTheActs:
    def test_snoozing_needs_a_moment_to_come(self, cast: Cast, talk: Conversation) -> None:
        """It is put off until the chosen moment; one that has passed, is none or beyond all calendars is refused."""
        browser, until = a_browser(cast.alba), now() + timedelta(hours=3)

        for odd in ("ayer", "2020-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"):
            assert 409 == act(browser, f"/bandeja/{talk.pk}/posponer", until=odd).status_code
        assert 204 == act(browser, f"/bandeja/{talk.pk}/posponer", until=until.isoformat()).status_code
        talk.refresh_from_db()
        assert ("snoozed", until) == (talk.status, talk.snoozed_until)

    def test_taking_what_nobody_works(self, cast: Cast, alone: Conversation) -> None:
        """*Asignarme* puts the actor on it; the second to try hears that somebody was first."""
        first = act(a_browser(cast.alba), f"/bandeja/{alone.pk}/asignarme")
        second = act(a_browser(cast.bruno), f"/bandeja/{alone.pk}/asignarme")

        assert (204, [cast.alba.person_id]) == (first.status_code, assignees_of([alone.pk])[alone.pk].person_ids)
        assert second.status_code in (403, 409)

    def test_a_manager_adds_people_and_groups(self, cast: Cast, talk: Conversation) -> None:
        """*Asignado a*: what is chosen joins who is there; several people and groups at once (AC-1)."""
        browser = a_browser(cast.manager)
        act(browser, f"/bandeja/{talk.pk}/asignado", add_person=cast.bruno.person_id, add_group=cast.north_id)

        there = assignees_of([talk.pk])[talk.pk]
        assert {cast.alba.person_id, cast.bruno.person_id} == set(there.person_ids)
        assert [cast.north_id] == there.group_ids

    def test_a_manager_takes_somebody_off(self, cast: Cast, talk: Conversation) -> None:
        """The cross beside a name takes that person off, and nobody else."""
        browser = a_browser(cast.manager)
        act(browser, f"/bandeja/{talk.pk}/asignado", add_person=cast.bruno.person_id)
        act(browser, f"/bandeja/{talk.pk}/asignado", remove_person=cast.alba.person_id)

        assert [cast.bruno.person_id] == assignees_of([talk.pk])[talk.pk].person_ids

    def test_an_agent_assigns_nobody_else(self, cast: Cast, talk: Conversation) -> None:
        """A forged choice by an agent is refused, and the page offers none."""
        answer = act(a_browser(cast.alba), f"/bandeja/{talk.pk}/asignado", add_person=cast.bruno.person_id)

        assert 403 == answer.status_code
        assert "/asignado" not in page(cast.alba, f"/bandeja/{talk.pk}")


class TestDefaultAssignees:
    def test_a_manager_names_who_is_put_on_new_conversations(self, cast: Cast, talk: Conversation) -> None:
        """*Propietarios del contacto*: whoever is named joins, and can be taken off again (AC-2)."""
        browser, url = a_browser(cast.manager), f"/bandeja/{talk.pk}/propietarios"
        act(browser, url, add_person=cast.bruno.person_id)
        named = default_assignees_of([talk.contact_id])
        act(browser, url, remove_person=cast.bruno.person_id)

        assert {talk.contact_id: [cast.bruno.person_id]} == named
        assert {} == default_assignees_of([talk.contact_id])

    def test_an_agent_names_nobody(self, cast: Cast, talk: Conversation) -> None:
        """A forged choice is refused, and the page offers none."""
        answer = act(a_browser(cast.alba), f"/bandeja/{talk.pk}/propietarios", add_person=cast.bruno.person_id)

        assert 403 == answer.status_code
        assert "/propietarios" not in page(cast.alba, f"/bandeja/{talk.pk}?tab=contact")


class TestTheDetails:
    def test_the_owner_is_chosen_as_everywhere(self, cast: Cast, talk: Conversation) -> None:
        """The sidebar offers the same picker as list and profile (LG-6, UX-6)."""
        shown = page(cast.manager, f"/bandeja/{talk.pk}")

        assert f'data-picker="/contactos/{talk.contact_id}/encargado/opciones"' in shown

    def test_the_tab_of_the_contact_names_who_is_put_on_new_conversations(self, cast: Cast, talk: Conversation) -> None:
        """*Propietarios del contacto*: the owner first (AC-2)."""
        talk.refresh_from_db()

        assert "Alba" in page(cast.alba, f"/bandeja/{talk.pk}?tab=contact")


def _queries(browser: Client, url: str) -> int:
    fragment(browser, url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert fragment(browser, url).status_code == 200
    return len(caught)
