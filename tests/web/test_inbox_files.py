"""Files in the thread: a picture is drawn, anything else is downloaded, both only by who may see the conversation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reparto.conversations.models import Attachment, Conversation, Message
from reparto.kit.clock import now
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, act
from tests.web.visitor import text

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation that Alba works."""
    talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
    act(a_browser(cast.admin), f"/bandeja/{talk.pk}/asignado", add_person=cast.alba.person_id)
    return talk


def send(cast: Cast, talk: Conversation, name: str, content: bytes) -> int:
    """Send a file with the composer; return the status."""
    file = SimpleUploadedFile(name, content)
    return act(a_browser(cast.alba), f"/bandeja/{talk.pk}/mensajes", text="", mode="reply", file=file).status_code


class TestAFile:
    def test_is_sent_and_drawn(self, cast: Cast, talk: Conversation) -> None:
        """A picture needs no words; the thread draws it. What WhatsApp does not carry is refused in words."""
        assert 200 == send(cast, talk, "auto.png", PNG)
        assert 422 == send(cast, talk, "auto.png", b"<script>")

        file = Attachment.objects.get()
        shown = text(a_browser(cast.bruno).get(f"/bandeja/{talk.pk}"))
        assert f'<img src="/bandeja/{talk.pk}/archivos/{file.pk}" alt="auto.png"' in shown
        assert "image" == Message.objects.get(direction="out").kind

    def test_is_only_for_who_may_see_the_conversation(self, cast: Cast, talk: Conversation) -> None:
        """INV-63: nobody else gets it, by its own conversation or another; it is never opened by the browser."""
        send(cast, talk, 'año "1".png', PNG)
        file = Attachment.objects.get()
        other = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
        url = f"/bandeja/{talk.pk}/archivos/{file.pk}"

        given = a_browser(cast.bruno).get(url)

        assert (PNG, "image/png") == (given.content, given.headers["Content-Type"])
        assert given.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''a%C3%B1o")
        assert "sandbox" in given.headers["Content-Security-Policy"]
        assert ("nosniff", "no-store") == (given.headers["X-Content-Type-Options"], given.headers["Cache-Control"])
        assert 404 == a_browser(cast.carla).get(url).status_code
        assert 404 == a_browser(cast.admin).get(f"/bandeja/{other.pk}/archivos/{file.pk}").status_code

    def test_that_is_no_picture_is_only_bytes(self, cast: Cast, talk: Conversation) -> None:
        """A PDF is offered by its name, and given as bytes."""
        send(cast, talk, "ficha.pdf", b"%PDF-1.7")
        file = Attachment.objects.get()

        given = a_browser(cast.alba).get(f"/bandeja/{talk.pk}/archivos/{file.pk}")

        assert "application/octet-stream" == given.headers["Content-Type"]
        assert "ficha.pdf" in text(a_browser(cast.alba).get(f"/bandeja/{talk.pk}"))
