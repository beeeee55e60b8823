"""Call events: which are genuine, and what they say."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from reparto.channels.phone.call_event import CallEvent
from reparto.channels.phone.parse_exchange import parse_exchange
from reparto.channels.phone.parse_twilio import parse_twilio
from reparto.channels.phone.verify_secret import verify_secret
from reparto.channels.phone.verify_twilio import verify_twilio
from reparto.channels.shapes import Unreadable

URL = "https://reparto.example.com/hooks/phone/llave"
TOKEN = "89abcdef0123456789abcdef01234567"


def signed(fields: dict[str, str], *, url: str = URL, token: str = TOKEN) -> tuple[bytes, str]:
    """Return a form and its signature, as Twilio makes them."""
    text = url + "".join(name + value for name, value in sorted(fields.items()))
    mac = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return urlencode(fields).encode(), base64.b64encode(mac).decode()


def a_callback(**more: str) -> bytes:
    """Return the form of an incoming call's status callback."""
    fields = {"CallSid": "CA1", "AccountSid": "AC1", "From": "+573001234567", "To": "+525550000000"}
    return urlencode(fields | {"Direction": "inbound", "CallStatus": "no-answer"} | more).encode()


class TestVerifyTwilio:
    """Who signed a call event."""

    def test_twilios_own_example(self) -> None:
        """INV-9: the example of Twilio's documentation verifies."""
        fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309"}
        body = urlencode(fields | {"To": "+18005551212"}).encode()

        url = "https://mycompany.com/myapp.php?foo=1&bar=2"
        assert verify_twilio("12345", body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url=url)

    @pytest.mark.parametrize(
        ("signing", "seen"),
        [
            ("https://a.example.com:443/hooks/phone/k", "https://a.example.com/hooks/phone/k"),
            ("https://a.example.com/hooks/phone/k", "https://a.example.com:443/hooks/phone/k"),
            ("http://127.0.0.1:8000/hooks/phone/k", "http://127.0.0.1:8000/hooks/phone/k"),
        ],
    )
    def test_the_usual_port_may_be_written_or_not(self, signing: str, seen: str) -> None:
        """Twilio is not consistent about it; any other port must agree."""
        body, signature = signed({"CallSid": "CA1", "Nombre": "Ñandú & hijos"}, url=signing)

        assert verify_twilio(TOKEN, body, signature, url=seen)

    @pytest.mark.parametrize("field", ["CallSid", "From", "CallStatus", "Extra"])
    def test_any_changed_field_is_a_forgery(self, field: str) -> None:
        """INV-9: what was signed is all of the form."""
        fields = {"CallSid": "CA1", "From": "+573001234567", "CallStatus": "completed"}
        _, signature = signed(fields)

        assert not verify_twilio(TOKEN, urlencode(fields | {field: "otro"}).encode(), signature, url=URL)

    def test_another_address_or_token_is_a_forgery(self) -> None:
        """INV-9: a signature for one account's hook opens no other."""
        body, signature = signed({"CallSid": "CA1"})

        assert not verify_twilio(TOKEN, body, signature, url=URL + "2")
        assert not verify_twilio(TOKEN[::-1], body, signature, url=URL)

    def test_without_a_secret_nothing_is_genuine(self) -> None:
        """INV-9: an empty secret signs nothing, even when the signature was made with it."""
        body, signature = signed({"CallSid": "CA1"}, token="")

        assert not verify_twilio("", body, signature, url=URL)
        assert not verify_twilio(TOKEN, body, None, url=URL)
        assert not verify_twilio(TOKEN, body, "firma ñ", url=URL)
        assert not verify_twilio(TOKEN, b"\xff=\xff", signature, url=URL)


class TestVerifySecret:
    """Who speaks for a company's own exchange."""

    @pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer otro", "Basic secreto", "secreto", "Bearer ñ"])
    def test_others_are_refused(self, header: str | None) -> None:
        """INV-9: without the secret, or with none set, nothing is genuine."""
        assert verify_secret("secreto", "bearer secreto")
        assert not verify_secret("secreto", header)
        assert not verify_secret("", header)
        assert not verify_secret("", "Bearer ")


class TestParseTwilio:
    """What a status callback says."""

    @pytest.mark.parametrize(
        ("fields", "status", "leg", "who"),
        [
            ({"CallStatus": "no-answer"}, "missed", False, ""),
            ({"CallStatus": "busy"}, "missed", False, ""),
            ({"CallStatus": "canceled"}, "missed", False, ""),
            ({"CallStatus": "completed"}, "ended", False, ""),
            ({"CallStatus": "completed", "To": "client:ana%40a.example.com"}, "answered", False, "ana@a.example.com"),
            ({"CallStatus": "completed", "answered_by": "7"}, "answered", False, "7"),
            ({"CallStatus": "no-answer", "To": "client:7"}, "missed", False, ""),
            ({"CallStatus": "in-progress", "DialCallStatus": "no-answer"}, "missed", False, ""),
            ({"CallStatus": "in-progress", "DialCallStatus": "completed"}, "answered", False, ""),
            ({"CallStatus": "no-answer", "ParentCallSid": "CA0"}, "missed", True, ""),
            ({"CallStatus": "completed", "ParentCallSid": "CA0", "To": "client:7"}, "answered", True, "7"),
        ],
    )
    def test_statuses(self, fields: dict[str, str], status: str, leg: bool, who: str) -> None:
        """LG-11: a line that was open says less than a phone of ours that was answered, or not."""
        event = parse_twilio(a_callback(**fields), account_sid="AC1")

        assert isinstance(event, CallEvent)
        assert (status, leg, who) == (event.status, event.leg, event.answered_by)
        assert fields.get("ParentCallSid", "CA1") == event.call_id

    @pytest.mark.parametrize(
        "fields", [{"CallStatus": "ringing"}, {"CallStatus": "in-progress"}, {"Direction": "outbound-api"}]
    )
    def test_what_says_nothing(self, fields: dict[str, str]) -> None:
        """While it rings nothing is known, and a call of ours is no call of theirs."""
        assert parse_twilio(a_callback(**fields), account_sid="") is None

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"AccountSid": "AC2"}, "foreign_account"),
            ({"CallSid": ""}, "no_call_id"),
            ({"CallStatus": "teleported"}, "unknown_call_status"),
        ],
    )
    def test_what_cannot_be_read(self, fields: dict[str, str], reason: str) -> None:
        """T10: another account's event is set aside, as is what nobody understands."""
        found = parse_twilio(a_callback(**fields), account_sid="AC1")

        assert isinstance(found, Unreadable)
        assert reason == found.reason

    def test_the_instant_and_the_length(self) -> None:
        """When it happened, by Twilio's own word, and how long it took; nonsense is nothing."""
        said = {"Timestamp": "Tue, 17 Nov 2026 16:00:00 +0000", "CallDuration": "42"}
        event = parse_twilio(a_callback(**said), account_sid="")
        other = parse_twilio(a_callback(Timestamp="ayer", CallDuration="-1"), account_sid="")

        assert isinstance(event, CallEvent)
        assert isinstance(other, CallEvent)
        assert (datetime(2026, 11, 17, 16, tzinfo=UTC), 42) == (event.at, event.seconds)
        assert (None, None) == (other.at, other.seconds)


class TestParseExchange:
    """What a company's own exchange says."""

    @pytest.mark.parametrize(
        ("said", "status"),
        [("ANSWER", "answered"), ("NOANSWER", "missed"), ("BUSY", "missed"), ("CANCEL", "missed")],
    )
    def test_asterisks_own_words(self, said: str, status: str) -> None:
        """DIALSTATUS goes in as it is."""
        body = {"call_id": "1763395200.12", "from": "5512345678", "status": said, "answered_by": 7, "name": "Eva\n"}
        event = parse_exchange(json.dumps(body).encode())

        assert isinstance(event, CallEvent)
        assert (status, "7" if status == "answered" else "") == (event.status, event.answered_by)
        assert ("1763395200.12", "5512345678", "Eva") == (event.call_id, event.caller, event.name)

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (b"{", "bad_json"),
            (b"[]", "not_an_object"),
            (b'{"status": "ANSWER"}', "no_call_id"),
            (b'{"call_id": "1", "status": ["ANSWER"]}', "unknown_call_status"),
            (b'{"call_id": {"a": 1}, "status": "busy"}', "no_call_id"),
            (b'{"call_id": "\xff", "status": "busy"}', "bad_utf8"),
        ],
    )
    def test_what_cannot_be_read(self, body: bytes, reason: str) -> None:
        """INV-8: what cannot be read is a result, never an exception."""
        found = parse_exchange(body)

        assert isinstance(found, Unreadable)
        assert reason == found.reason
