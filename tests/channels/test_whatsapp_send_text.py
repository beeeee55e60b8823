"""A text goes out as Meta documents, and afterwards it is known whether it may be sent again (threat: sent twice)."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from reparto.channels.whatsapp.send_text import PRESET_API_BASE, WhatsAppError, send_text
from reparto.kit.http import Answer, DestinationRefused, NoAnswer, NotSent

SETTINGS = {"phone_number_id": "106540352242922", "access_token": "EAAtoken", "api_base": "http://127.0.0.1:8099/"}
TAKEN = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": "525512345678", "wa_id": "5215512345678"}],
    "messages": [{"id": "wamid.OUT1"}],
}


class Meta:
    """A stand-in for the network: remembers what was posted, answers or raises what it was told."""

    def __init__(self, answer: Any = TAKEN, *, status: int = 200) -> None:
        self.answer, self.status = answer, status
        self.posts: list[tuple[str, Any, Mapping[str, str]]] = []

    def post_json(self, url: str, content: Any, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Answer as told."""
        self.posts.append((url, content, headers or {}))
        if isinstance(self.answer, Exception):
            raise self.answer
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()
        return Answer(self.status, {}, body)


def error(code: int | None) -> dict[str, Any]:
    """Return an error as Meta writes it."""
    return {"error": {"message": "Something", "type": "OAuthException", "code": code, "fbtrace_id": "A"}}


def failure(meta: Meta, **how: Any) -> WhatsAppError:
    """Send and return the error."""
    with pytest.raises(WhatsAppError) as raised:
        send_text(**{"settings": SETTINGS, "to": "+5215512345678", "text": "Hola", "client": meta, **how})
    return raised.value


class TestSent:
    def test_a_text_goes_out_as_meta_documents(self) -> None:
        """URL, token and body are those of the Cloud API; the id of the message comes back."""
        meta = Meta()
        sent = send_text(SETTINGS, to="+52 1 55 1234 5678", text="Hola ☕", client=meta)

        assert sent.external_id == "wamid.OUT1"
        assert meta.posts == [
            (
                "http://127.0.0.1:8099/106540352242922/messages",
                {
                    "messaging_product": "whatsapp",
                    "recipient_type": "individual",
                    "to": "5215512345678",
                    "type": "text",
                    "text": {"body": "Hola ☕"},
                },
                {"Authorization": "Bearer EAAtoken"},
            )
        ]

    def test_a_reply_names_what_it_answers(self) -> None:
        """A reply carries the id of the message it answers."""
        meta = Meta()
        send_text(SETTINGS, to="5215512345678", text="Sí", reply_to="wamid.1", client=meta)

        assert meta.posts[0][1]["context"] == {"message_id": "wamid.1"}

    def test_somebody_without_a_phone_is_written_to_by_user_id(self) -> None:
        """A user id goes into `recipient`, never into `to` (EC-76)."""
        meta = Meta()
        send_text(SETTINGS, to="MX.13491208655302741918", text="Hola", client=meta)

        assert meta.posts[0][1]["recipient"] == "MX.13491208655302741918"
        assert "to" not in meta.posts[0][1]

    def test_meta_is_the_preset(self) -> None:
        """Without `api_base` the message goes to Meta."""
        meta = Meta()
        send_text({**SETTINGS, "api_base": ""}, to="5215512345678", text="Hola", client=meta)

        assert meta.posts[0][0] == f"{PRESET_API_BASE}/106540352242922/messages"


class TestNotSent:
    @pytest.mark.parametrize(
        ("how", "code"),
        [
            ({"text": ""}, "bad_text"),
            ({"text": " \n"}, "bad_text"),
            ({"text": "a" * 4097}, "bad_text"),
            ({"to": "Ana"}, "bad_recipient"),
            ({"settings": {**SETTINGS, "access_token": ""}}, "no_access_token"),
            ({"settings": {"access_token": "t"}}, "no_phone_number_id"),
            ({"settings": {**SETTINGS, "access_token": "t\r\nHost: x"}}, "bad_access_token"),
            ({"settings": {**SETTINGS, "phone_number_id": "1/../2"}}, "bad_phone_number_id"),
        ],
    )
    def test_what_cannot_be_sent_is_not_tried(self, how: dict[str, Any], code: str) -> None:
        """A text, a recipient or a setting that cannot do is noticed before anything leaves."""
        meta = Meta()
        raised = failure(meta, **how)

        assert (raised.code, raised.retryable, raised.unknown_result, meta.posts) == (code, False, False, [])

    @pytest.mark.parametrize(
        ("status", "code", "retryable"),
        [
            (500, 1, True),
            (500, None, True),
            (503, 2, True),
            (400, 4, True),
            (429, 80007, True),
            (429, 130429, True),
            (400, 131056, True),
            (400, 131016, True),
            (400, 131047, False),
            (400, 131026, False),
            (400, 100, False),
            (401, 190, False),
            (403, 10, False),
            (404, None, False),
        ],
    )
    def test_meta_says_no(self, status: int, code: int | None, retryable: bool) -> None:
        """With Meta's own error the message was not taken; limits and faults of theirs pass, faults of ours do not."""
        raised = failure(Meta(error(code), status=status))

        assert (raised.status, raised.code) == (status, code)
        assert (raised.retryable, raised.unknown_result) == (retryable, False)

    def test_no_connection_can_be_tried_again(self) -> None:
        """Nothing left: it may be sent again."""
        raised = failure(Meta(NotSent("No connection to 127.0.0.1:8099")))

        assert (raised.code, raised.retryable, raised.unknown_result) == ("not_sent", True, False)

    def test_a_refused_destination_is_final(self) -> None:
        """An `api_base` that Reparto does not speak to is a fault of the settings."""
        raised = failure(Meta(DestinationRefused("not_public", "http://10.0.0.1/")))

        assert (raised.code, raised.retryable, raised.unknown_result) == ("destination_refused", False, False)

    @pytest.mark.parametrize(
        ("status", "retryable"), [(302, False), (400, False), (404, False), (413, False), (429, True)]
    )
    def test_somebody_else_says_no(self, status: int, retryable: bool) -> None:
        """A refusal that is not Meta's (a proxy, a wrong address) was not taken either."""
        raised = failure(Meta(b"<html>no</html>", status=status))

        assert (raised.status, raised.retryable, raised.unknown_result) == (status, retryable, False)


class TestNobodyKnows:
    @pytest.mark.parametrize(
        "meta",
        [
            Meta(NoAnswer("No whole answer")),
            Meta(b"<html>Bad gateway</html>", status=502),
            Meta(b"", status=504),
            Meta(b"", status=200),
            Meta(b"[" * 100_000, status=200),
            Meta({"messages": []}),
            Meta({"messages": [{"id": 7}]}),
            Meta([]),
        ],
    )
    def test_what_may_have_arrived_is_not_repeated(self, meta: Meta) -> None:
        """A cut, a gateway's word or an answer without an id: the result is unknown, and it is not retryable."""
        raised = failure(meta)

        assert (raised.unknown_result, raised.retryable) == (True, False)

    def test_an_error_holds_no_token(self) -> None:
        """No error shows the account's token (INV-77)."""
        for meta in (Meta(error(190), status=401), Meta(NoAnswer("x")), Meta(b"", status=502)):
            assert SETTINGS["access_token"] not in str(failure(meta))
