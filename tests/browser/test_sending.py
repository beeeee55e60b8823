"""What leaves and comes in besides words, in a real browser: templates when WhatsApp's window is shut, and files."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Route, expect

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.keep_message_template import TemplateDraft, keep_message_template
from reparto.conversations.keep_file import MOST_PICTURE_BYTES
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply
from reparto.kit.clock import now
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import in_organization
from tests import road
from tests.browser.inbox_scene import SOON, Scene
from tests.browser.served import elsewhere, violations
from tests.conversations.test_attachments import PNG, Meta

LOG, BOX = "#inbox-log", "#inbox-composer textarea"


def shut_window(scene: Scene) -> None:
    """Let a day and an hour pass since the first contact wrote, and keep a template of the account."""
    with in_organization(scene.cast.organization_id), transaction.atomic():
        Conversation.objects.filter(pk=scene.talks[0]).update(last_inbound_at=now() - timedelta(hours=25))
        draft = TemplateDraft(scene.account.pk, "listo", "es", "Hola {{1}}, tu {{2}} está listo.")
        keep_message_template(draft, actor=scene.cast.admin, at=now())


def answers(scene: Scene, text: str) -> None:
    """Let the manager answer the first contact."""
    with in_organization(scene.cast.organization_id), transaction.atomic():
        answer_conversation(scene.talks[0], Reply(text), actor=scene.cast.manager, at=now())


def send_picture(scene: Scene) -> None:
    """Let the first contact send a picture."""
    image = {"id": "4711", "mime_type": "image/png", "caption": "Mira"}
    with transaction.atomic():
        at = now()
        message = road.a_text(scene.phones[0], at=at) | {"type": "image", "image": image}
        road.write(scene.account, message, at=at)


class TestAReply:
    def test_refused_when_one_has_moved_on_is_kept(self, scene: Scene) -> None:
        """UX-19: a colleague was faster, the next conversation is open: one is told, and led back to all that was typed."""
        page, held = scene.opened(0), list[Route]()
        page.route("**/mensajes*", lambda route: held.append(route) if is_sent(route) else route.continue_())
        page.locator(BOX).fill("Te lo mando hoy")
        page.keyboard.press("Control+Enter")
        page.locator(f"#cv-{scene.talks[1]}").click()
        expect(page.locator(f'[data-draft="conversation:{scene.talks[1]}"]')).to_be_visible(timeout=SOON)
        elsewhere(lambda: answers(scene, "Ya te lo mandé"))
        held[0].continue_()

        expect(page.locator(".toast.error")).to_contain_text("No se envió", timeout=SOON)
        expect(page.locator("#busy-line")).not_to_have_class("on")
        expect(page.locator(BOX)).to_have_value("")
        assert [] == violations(page)
        page.get_by_role("button", name="Abrir", exact=True).click()
        expect(page.locator(BOX)).to_have_value("Te lo mando hoy", timeout=SOON)
        expect(page.locator("#inbox-composer .refused")).to_contain_text("Marta respondió mientras tanto")

    @pytest.mark.parametrize("arrived", [True, False])
    def test_whose_answer_is_lost_goes_out_once(self, scene: Scene, arrived: bool) -> None:
        """UX-19, INV-49: reloaded while it is on its way; in the box again unless it arrived, and never sent twice."""
        page = scene.opened(0)
        page.route("**/mensajes*", lambda route: lose(route, arrived=arrived) if is_sent(route) else route.continue_())
        page.locator(BOX).fill("Te lo mando hoy")
        with page.expect_request(lambda asked: asked.method == "POST" and "mensajes" in asked.url):
            page.keyboard.press("Control+Enter")
        page.wait_for_timeout(300)
        page.unroute_all(behavior="ignoreErrors")
        page.reload()
        if not arrived:
            expect(page.locator(BOX)).to_have_value("Te lo mando hoy")
            expect(page.locator("#inbox-composer .refused")).to_contain_text("No hubo respuesta")
            page.locator(BOX).press("Control+Enter")

        expect(page.locator(f"{LOG} .m.out")).to_have_count(1, timeout=SOON)
        expect(page.locator(BOX)).to_have_value("", timeout=SOON)


def is_sent(route: Route) -> bool:
    """Say whether a reply is on its way."""
    return route.request.method == "POST"


def lose(route: Route, *, arrived: bool) -> None:
    """Lose the answer to a reply, or the reply itself; the page waits on."""
    if arrived:
        route.fetch()


class TestATemplate:
    def test_leaves_when_the_window_is_shut(self, scene: Scene) -> None:
        """UX-20: the box takes notes only, *Elegir plantilla* is offered; filled in and sent it stands in the thread."""
        elsewhere(lambda: shut_window(scene))
        page = scene.opened(0)
        expect(page.locator(".comp [data-mode=reply]")).to_have_count(0)

        page.get_by_role("link", name="Elegir plantilla").press("Enter")
        page.locator("#dialog .mi").press("Enter")
        expect(page.locator("#dialog input[name=value-1]")).to_be_focused()
        assert [] == violations(page)
        page.keyboard.type("Clara")
        page.keyboard.press("Tab")
        page.keyboard.type("auto")
        page.keyboard.press("Enter")

        expect(page.locator(f"{LOG} .m.out")).to_contain_text("Hola Clara, tu auto está listo.", timeout=SOON)
        expect(page.locator("#dialog")).to_be_hidden()


class TestAFile:
    def test_comes_in_and_leaves(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        """INV-63: what comes is drawn once it is fetched; what leaves is drawn at once; both without a reload."""
        for module in ("fetch_attachment", "carry_whatsapp"):
            monkeypatch.setattr(f"reparto.conversations.{module}.whatsapp_client", Meta)
        page = scene.opened(0)
        elsewhere(lambda: send_picture(scene))
        expect(page.locator(LOG)).to_contain_text("En camino", timeout=SOON)
        elsewhere(lambda: send_outbox(scene.cast.organization_id, at=now()))
        expect(page.locator(f"{LOG} .m.in .pic img")).to_have_count(1, timeout=SOON)

        page.locator("[data-attach]").set_input_files(a_file("foto.png", PNG))
        expect(page.locator("[data-attached]")).to_have_text("foto.png")
        page.get_by_role("button", name="Enviar").press("Enter")

        expect(page.locator(f"{LOG} .m.out .pic img")).to_have_count(1, timeout=SOON)
        expect(page.locator("[data-attached]")).to_be_empty()
        assert [] == violations(page)

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"<html></html>", "PDF"), (PNG + b"0" * MOST_PICTURE_BYTES, "5 MB")],
        ids=["wrong kind", "too large"],
    )
    def test_that_cannot_leave_says_why_and_keeps_the_words(self, scene: Scene, content: bytes, said: str) -> None:
        """INV-63: a file of the wrong kind or size is refused beside it; words and file stand there again."""
        page = scene.opened(0)
        page.locator("[data-attach]").set_input_files(a_file("foto.png", content))
        page.locator(BOX).fill("Mira esto")
        page.keyboard.press("Control+Enter")

        expect(page.locator("#inbox-composer .refused")).to_contain_text(said, timeout=SOON)
        expect(page.locator(BOX)).to_have_value("Mira esto")
        expect(page.locator("[data-attached]")).to_have_text("foto.png")
        expect(page.locator(f"{LOG} .m.out")).to_have_count(0)
        assert [] == violations(page)

        page.get_by_role("button", name="Quitar el archivo").press("Enter")
        expect(page.locator("#inbox-composer .refused")).to_be_empty()
        expect(page.locator("[data-attached]")).to_be_empty()
        expect(page.locator(BOX)).to_be_focused()


def a_file(name: str, content: bytes) -> Any:
    """Return a file as a person would choose it."""
    return {"name": name, "mimeType": "image/png", "buffer": content}
