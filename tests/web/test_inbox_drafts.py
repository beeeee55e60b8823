"""What somebody has begun to write is kept for them: across devices, across reassignment, and out of their sight."""

import pytest

from reparto.conversations.models import Conversation
from reparto.conversations.queries import messages_of
from tests.cast import Cast
from tests.web.inbox_cast import a_browser, act, keep

pytestmark = pytest.mark.django_db


class TestDrafts:
    def test_a_draft_is_there_on_another_device(self, cast: Cast, talk: Conversation) -> None:
        """What was begun is in the composer of any browser of the same person, as reply or as note (UX-19)."""
        keep(a_browser(cast.alba), talk, "text=A+medias&mode=note")

        shown = a_browser(cast.alba).get(f"/bandeja/{talk.pk}").content.decode()
        assert "A medias</textarea>" in shown
        assert 'name="mode" value="note"' in shown
        assert "A medias" not in a_browser(cast.manager).get(f"/bandeja/{talk.pk}?view=team").content.decode()

    def test_it_is_gone_once_sent_or_emptied(self, cast: Cast, talk: Conversation) -> None:
        """Sending forgets the draft; so does taking all of it back."""
        browser = a_browser(cast.alba)
        keep(browser, talk, "text=Uno")
        act(browser, f"/bandeja/{talk.pk}/mensajes", text="Uno")
        after_sending = browser.get(f"/bandeja/{talk.pk}").content.decode()
        keep(browser, talk, "text=Dos")
        keep(browser, talk, "text=")

        assert "></textarea>" in after_sending
        assert "></textarea>" in browser.get(f"/bandeja/{talk.pk}").content.decode()

    def test_it_outlives_a_reassignment(self, cast: Cast, talk: Conversation) -> None:
        """UX-19: given to Bruno, it is in Alba's composer; given to nobody, she reads it there and has it back by taking."""
        alba, admin, url = a_browser(cast.alba), a_browser(cast.admin), f"/bandeja/{talk.pk}"
        keep(alba, talk, "text=A+medias")
        begun, off = "A medias</textarea>", {"remove_person": cast.alba.person_id}
        act(admin, f"{url}/asignado", add_person=cast.bruno.person_id, **off)
        with_bruno = alba.get(url).content.decode()
        act(admin, f"{url}/asignado", remove_person=cast.bruno.person_id)
        with_nobody = alba.get(url).content.decode()
        act(alba, f"{url}/asignarme")
        hers = alba.get(url).content.decode()

        assert [True] * 3 == [begun in shown for shown in (with_bruno, with_nobody, hers)]
        assert ["data-composer" in shown for shown in (with_bruno, with_nobody, hers)] == [True, False, True]

    def test_it_is_given_back_when_the_conversation_is_out_of_sight(self, cast: Cast, talk: Conversation) -> None:
        """UX-19: passed to another group, its author still has their words: at its address, in their profile, by autosave."""
        alba, url = a_browser(cast.alba), f"/bandeja/{talk.pk}"
        keep(alba, talk, "text=A+medias")
        pass_to_carla(cast, talk)
        gone, kept = alba.get(url), keep(alba, talk, "text=Casi+listo")
        profile = alba.get("/perfil").content.decode()
        alba.post(f"{url}/borrador")

        assert (404, True, 204) == (gone.status_code, "A medias</textarea>" in gone.content.decode(), kept)
        assert ("Casi listo</textarea>" in profile, talk.contact.name in profile) == (True, False)
        assert (404, 404) == (alba.post(f"{url}/borrador").status_code, keep(alba, talk, "text=x"))
        assert "textarea" not in alba.get("/perfil").content.decode()


def pass_to_carla(cast: Cast, talk: Conversation) -> None:
    """Let the contact and all that is said with it be of another group's person."""
    admin, carla = a_browser(cast.admin), cast.carla.person_id
    act(admin, f"/bandeja/{talk.pk}/asignado", add_person=carla, remove_person=cast.alba.person_id)
    act(admin, f"/contactos/{talk.contact_id}/encargado", person=carla)


class TestAnAnswerThatWasLost:
    def test_is_given_again_and_nothing_goes_out_twice(self, cast: Cast, talk: Conversation) -> None:
        """INV-49: the same words under the page's key are sent once; other words, or another key, are another reply."""
        browser, url = a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes"
        first, again = (act(browser, url, text="Va el precio", key="k1", seen=0) for _ in range(2))
        act(browser, url, text="Va el precio", key="k2")
        act(browser, url, text="Y el plazo", key="k1")

        assert first.content == again.content
        assert ["Va el precio", "Va el precio", "Y el plazo"] == said(talk)

    def test_leaves_no_draft_of_what_was_sent(self, cast: Cast, talk: Conversation) -> None:
        """UX-19: a browser that gives back what arrived after all is told so; what never arrived is kept as begun."""
        browser = a_browser(cast.alba)
        act(browser, f"/bandeja/{talk.pk}/mensajes", text="Va el precio", mode="reply", key="k1")

        assert 205 == keep(browser, talk, "text=Va+el+precio&mode=reply&key=k1")
        assert "></textarea>" in browser.get(f"/bandeja/{talk.pk}").content.decode()
        assert 204 == keep(browser, talk, "text=Va+el+precio&mode=reply&key=k2")
        assert "Va el precio</textarea>" in browser.get(f"/bandeja/{talk.pk}").content.decode()


def said(talk: Conversation) -> list[str]:
    """Return what our people said in a conversation, oldest first."""
    return [one.text for one in messages_of(talk.pk).order_by("id") if one.direction == "out"]
