"""Files of messages: fetched once they came in, stored, given out only to who may see; and sent."""

import io
import json
import zipfile
from typing import Any

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.models import Account
from reparto.conversations import fetch_attachment
from reparto.conversations.carry_whatsapp import WhatsAppCarrier
from reparto.conversations.fetch_attachment import AttachmentFetcher
from reparto.conversations.keep_file import MOST_BYTES, read_file
from reparto.conversations.models import Attachment, Conversation, Message
from reparto.conversations.recognize_file import recognize_file
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.kit.faults import Invalid
from reparto.kit.http import Answer, NoAnswer
from reparto.kit.models import Outbox
from reparto.kit.outbox import Refused, TryLater
from tests.cast import AT, Cast, a_phone
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
WHERE = {"url": "https://lookaside.example.com/x", "mime_type": "image/png", "file_size": len(PNG)}


class Meta:
    """The network: answers by the end of the address, and keeps what was posted."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {"4711": json.dumps(WHERE).encode(), "x": PNG, "media": b'{"id": "M1"}'} | answers
        self.posted: list[Any] = []

    def get(self, url: str, *, headers: Any, most_bytes: int) -> Answer:
        """Give a file, or where it is."""
        answer = self.answers[url.rpartition("/")[2]]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Answer) else Answer(200, {}, answer)

    def post(self, url: str, content: bytes, *, headers: Any) -> Answer:
        """Take a file."""
        self.posted.append(content)
        return Answer(200, {}, self.answers["media"])

    def post_json(self, url: str, content: Any, *, headers: Any) -> Answer:
        """Take a message."""
        self.posted.append(content)
        return Answer(200, {}, b'{"messages": [{"id": "wamid.F"}]}')


@pytest.fixture
def meta(monkeypatch: pytest.MonkeyPatch) -> Meta:
    """The network of this test."""
    meta = Meta()
    for module in ("fetch_attachment", "carry_whatsapp"):
        monkeypatch.setattr(f"reparto.conversations.{module}.whatsapp_client", lambda: meta)
    return meta


def a_picture(account: Account, **more: Any) -> Outbox:
    """Let somebody send a picture; return the row by which it is fetched."""
    image = {"id": "4711", "mime_type": "image/png", "caption": "Mira", **more}
    write(account, a_text(a_phone()) | {"type": "image", "image": image})
    return Outbox.objects.get(kind="whatsapp.media")


class TestReceiving:
    def test_a_file_is_fetched_and_stored(self, account: Account, meta: Meta) -> None:
        """The message is there at once; the worker asks Meta where the file is, and stores what it gets."""
        row = a_picture(account)
        assert "waiting" == Attachment.objects.get().state

        AttachmentFetcher().send(row)

        file = Attachment.objects.get()
        assert ("stored", "image/png", PNG, len(PNG)) == (file.state, file.mime_type, bytes(file.content), file.size)

    @pytest.mark.parametrize(
        ("where", "expected"),
        [
            ({"file_size": MOST_BYTES + 1}, Refused),
            ({"url": 7}, TryLater),
            (None, Refused),
            (NoAnswer("cut"), TryLater),
        ],
    )
    def test_that_cannot_be_had_is_said(self, account: Account, meta: Meta, where: Any, expected: type) -> None:
        """Too large or gone: never; cut or unclear: later. Nothing is stored."""
        row = a_picture(account)
        meta.answers["4711"] = (
            Answer(404, {}, b"")
            if where is None
            else json.dumps(WHERE | where).encode()
            if isinstance(where, dict)
            else where
        )

        with pytest.raises(expected):
            AttachmentFetcher().send(row)

        row.state = "failed"
        AttachmentFetcher().settled(row, "")
        assert "failed" == Attachment.objects.get().state

    def test_a_worker_that_died_is_followed_by_another(self, account: Account, meta: Meta) -> None:
        """Fetching again does no harm, so an unknown outcome is tried again."""
        row = a_picture(account)
        row.state, row.attempts = "unknown", 1

        AttachmentFetcher().settled(row, "")

        assert "pending" == Outbox.objects.get(kind="whatsapp.media").state

    @pytest.mark.parametrize("media_id", ["../../me", "4711?x=1", "", 7])
    def test_an_id_that_would_lead_elsewhere_is_none(self, account: Account, media_id: Any) -> None:
        """The id becomes a part of an address: one that is no id fetches nothing, and the message stays."""
        image = {"id": media_id, "mime_type": "image/png"}
        write(account, a_text(a_phone()) | {"type": "image", "image": image})

        assert Message.objects.exists()
        assert not Attachment.objects.exists()

    def test_a_name_is_only_a_name(self, account: Account) -> None:
        """INV-63: no folders, no signs that turn the writing round."""
        document = {"id": "4711", "mime_type": "application/pdf", "filename": "../..\\a\u202efdp.exe"}
        write(account, a_text(a_phone()) | {"type": "document", "document": document})

        assert "afdp.exe" == Attachment.objects.get().name


class TestSending:
    def test_a_picture_leaves_with_its_caption(self, cast: Cast, account: Account, meta: Meta) -> None:
        """The file is given to WhatsApp, then a message names it; both come from what was stored."""
        write(account, a_text(a_phone()))
        talk = Conversation.objects.get()
        answer_conversation(talk.pk, Reply("Mira", file=read_file("a.png", PNG)), actor=cast.alba, at=AT)

        assert "wamid.F" == WhatsAppCarrier().send(Outbox.objects.get(kind="whatsapp.image"))
        form, message = meta.posted
        assert PNG in form
        assert {"id": "M1", "caption": "Mira"} == message["image"]

    def test_a_note_carries_none(self, cast: Cast, account: Account) -> None:
        """A private note with a file is refused and nothing is stored."""
        write(account, a_text(a_phone()))
        talk, file = Conversation.objects.get(), read_file("a.png", PNG)

        with pytest.raises(CannotSend, match="note_with_file"):
            answer_conversation(talk.pk, Reply("Mira", private=True, file=file), actor=cast.alba, at=AT)
        assert not Attachment.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.png", b"<svg onload=alert(1)>"),
            ("a.pdf", b"MZ..."),
            ("a.png", PNG + b"0" * 6_000_000),
            ("a.zip", b"PK\x03\x04"),
        ],
    )
    def test_what_whatsapp_does_not_carry_is_refused(self, name: str, content: bytes) -> None:
        """INV-63: what a file is, is said by its content; pictures have at most 5 MB."""
        with pytest.raises(Invalid):
            read_file(name, content)


class TestRecognizing:
    def test_goes_by_content(self) -> None:
        """An office file is known by its parts; HTML that calls itself a picture is only bytes."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("xl/workbook.xml", "")

        assert recognize_file(archive.getvalue()).endswith("spreadsheetml.sheet")
        assert "application/octet-stream" == recognize_file(b"<html>GIF89a")
        assert fetch_attachment.MOST_BYTES == MOST_BYTES
