"""What a program may send and keep for sending: quick replies, message templates of WhatsApp, files."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reparto.channels.models import Account
from reparto.conversations.models import Conversation, Message
from reparto.kit.clock import now
from tests.cast import Cast, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

from .caller import Caller

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def account(company: Cast) -> Account:
    """A WhatsApp account on which Alba receives."""
    a_rule(company.alba, admin=company.admin)
    return a_whatsapp_account(admin=company.admin, auto=(company.alba,))


@pytest.fixture
def talk(account: Account, alba: Caller) -> Conversation:
    """A conversation of Alba's."""
    alba.get("/me")
    write(account, a_text(a_phone(), at=now()), at=now())
    return Conversation.objects.get()


class TestQuickReplies:
    def test_are_ones_own_and_everybodys(self, admin: Caller, alba: Caller, bruno: Caller) -> None:
        """BY-31: Alba keeps her own, sees what is shared, and neither changes that nor sees Bruno's."""
        shared = admin.post(
            "/quick-replies", {"name": "saludo", "text": "Hola {{contact.first_name}}", "shared": True}
        ).body
        own = alba.post("/quick-replies", {"name": "mía", "text": "Ahora mismo"}).body
        bruno.post("/quick-replies", {"name": "suya", "text": "Espere"})
        address = f"/quick-replies/{own['id']}"

        assert ["mía", "saludo"] == [one["name"] for one in alba.get("/quick-replies").body["items"]]
        assert "En un momento" == alba.patch(address, {"text": "En un momento"}).body["text"]
        assert 403 == alba.patch(f"/quick-replies/{shared['id']}", {"text": "Otra"}).status
        assert (404, 404) == (bruno.patch(address, {"text": "x"}).status, bruno.send("DELETE", address).status)
        assert {"text": "unknown_variable"} == alba.post("/quick-replies", {"name": "n", "text": "{{nope}}"}).codes
        assert (204, 404) == (alba.send("DELETE", address).status, alba.send("DELETE", address).status)


class TestMessageTemplates:
    def test_are_sent_when_the_window_is_closed(self, admin: Caller, alba: Caller, talk: Conversation) -> None:
        """UX-20: Free text is refused after 24 hours; a template of the account leaves, with all its variables."""
        body = {"account_id": talk.account_id, "name": "aviso", "language": "es_MX", "body": "Hola {{1}}"}
        kept = admin.post("/message-templates", body).body
        Conversation.objects.update(last_inbound_at=now() - timedelta(hours=25))
        said = f"/conversations/{talk.pk}/messages"

        assert 403 == alba.post("/message-templates", body).status
        assert ["1"] == alba.get("/message-templates", account_id=talk.account_id).body["items"][0]["variables"]
        assert {"": "window_closed"} == alba.post(said, {"text": "Hola"}).codes
        both = {"template_id": kept["id"], "values": {"1": "Ana"}, "private": True, "text": "Entre nosotros"}
        assert {"private": "needless", "text": "needless"} == alba.post(said, both).codes
        assert {"values": "missing_value"} == alba.post(said, {"template_id": kept["id"]}).codes
        assert {"template_id": "unknown_template"} == alba.post(said, {"template_id": kept["id"] + 1}).codes
        sent = alba.post(said, {"template_id": kept["id"], "values": {"1": "Ana"}}).body
        assert ("template", "Hola Ana") == (sent["kind"], sent["text"])
        assert 204 == admin.send("DELETE", f"/message-templates/{kept['id']}").status

    def test_a_text_with_an_unfilled_variable_is_refused(self, alba: Caller, talk: Conversation) -> None:
        """BY-31: What a program forgot to fill in does not leave, and the answer says so."""
        said = alba.post(f"/conversations/{talk.pk}/messages", {"text": "Hola {{contact.first_name}}"})

        assert {"text": "unfilled"} == said.codes


class TestFiles:
    def test_are_sent_and_read_by_whoever_sees_the_conversation(
        self, alba: Caller, carla: Caller, talk: Conversation
    ) -> None:
        """INV-63: A picture leaves with its caption and can be read again; for a stranger there is none."""
        sent = send(alba, talk, SimpleUploadedFile("foto.png", PNG), text="Mire", once="k1")
        again = send(alba, talk, SimpleUploadedFile("foto.png", PNG), text="Mire", once="k1")
        file = sent.json()["attachment"]
        address = f"/conversations/{talk.pk}/attachments/{file['id']}/file"
        read = alba.get(address)

        assert (201, sent.content) == (sent.status_code, again.content)
        assert 1 == Message.objects.filter(direction="out").count()
        assert ("image", "foto.png", "stored") == (sent.json()["kind"], file["name"], file["state"])
        assert (PNG, "image/png") == (read.raw, read.response.headers["Content-Type"])
        assert file == alba.get(f"/conversations/{talk.pk}/messages").body["items"][0]["attachment"]
        Message.objects.filter(direction="out").update(removed_at=now())
        assert 404 == alba.get(address).status
        assert {404} == {carla.get(address).status, send(carla, talk, SimpleUploadedFile("a.png", PNG)).status_code}

    def test_are_not_said_over_an_answer_that_was_not_seen(
        self, admin: Caller, alba: Caller, talk: Conversation
    ) -> None:
        """UX-17: a file waits as words do when a colleague has answered since; having read that, its sender sends it."""
        said = f"/conversations/{talk.pk}/messages"
        seen = alba.get(said).body["items"][0]["id"]
        theirs = admin.post(said, {"text": "Ya voy"}).body
        refused = send(alba, talk, SimpleUploadedFile("foto.png", PNG), seen=seen)
        wrong = send(alba, talk, SimpleUploadedFile("foto.png", b"<html></html>"), seen="ayer")

        assert (409, theirs["id"]) == (refused.status_code, refused.json()["message_id"])
        assert ["file", "seen"] == [one["path"] for one in wrong.json()["errors"]]
        assert 201 == send(alba, talk, SimpleUploadedFile("foto.png", PNG), seen=theirs["id"]).status_code

    def test_that_cannot_leave_are_refused(self, alba: Caller, talk: Conversation) -> None:
        """INV-63: What a file is, its content says; none at all is a fault of that field too."""
        page = send(alba, talk, SimpleUploadedFile("foto.png", b"<html></html>"))
        nothing = send(alba, talk, None)
        stale = send(alba, talk, SimpleUploadedFile("foto.png", PNG), version='"9"')

        assert (412, "stale_version") == (stale.status_code, stale.json()["code"])
        assert [("file", "wrong_kind")] == [(one["path"], one["code"]) for one in page.json()["errors"]]
        headers = {"Authorization": f"Bearer {alba.token}"}
        address = f"/api/v1/conversations/{talk.pk}/attachments"
        assert 400 == Client(headers=headers).post(address, b"x", content_type="multipart/form-data").status_code
        assert [("file", "missing")] == [(one["path"], one["code"]) for one in nothing.json()["errors"]]


def send(caller: Caller, talk: Conversation, file: Any, *, once: str = "", version: str = "", **form: Any) -> Any:
    """Post a form with a file, as a program would."""
    form |= {} if file is None else {"file": file}
    headers = {"Authorization": f"Bearer {caller.token}"} | ({"Idempotency-Key": once} if once else {})
    headers |= {"If-Match": version} if version else {}
    return Client(headers=headers).post(f"/api/v1/conversations/{talk.pk}/attachments", form)


class TestTheDocument:
    def test_names_the_hooks(self) -> None:
        """LG-11: Whoever connects a telephone exchange finds in the document where to write, what, and how it is signed."""
        phone = Caller().get("/openapi.json").body["paths"]["/hooks/phone/{key}"]["post"]

        assert {"call_id", "status", "from"} == set(
            phone["requestBody"]["content"]["application/json"]["schema"]["required"]
        )
        assert {"key", "X-Twilio-Signature", "Authorization"} == {one["name"] for one in phone["parameters"]}
