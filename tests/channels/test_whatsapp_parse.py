"""Every kind of message that Meta documents is kept, with whoever sent it (EC-44, EC-76)."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from reparto.channels.shapes import AddressClaim, InboundMessage, StatusEvent, Unreadable
from reparto.channels.whatsapp.parse import parse
from tests.channels.whatsapp_payloads import FOLDER, NUMBER, a_text, change, load, webhook

SOFIA = (
    AddressClaim("phone", "+5215512345678", vouched=True),
    AddressClaim("bsuid", "MX.13491208655302741918", vouched=True),
)


def read(name: str) -> Any:
    """Read the one item of a captured payload."""
    (item,) = parse(json.dumps(load(name)).encode(), phone_number_id=NUMBER).items
    return item


def items(*changes: Any) -> tuple[Any, ...]:
    """Read the items of a webhook of these changes."""
    return parse(webhook(*changes), phone_number_id=NUMBER).items


def reasons(*changes: Any) -> list[str]:
    """Return why items of these changes were quarantined."""
    return [item.reason for item in items(*changes) if isinstance(item, Unreadable)]


TEXTS = {
    "text": ("text", "Hola, ¿tienen entrega en Coyoacán? 🚲"),
    "text_from_an_advertisement": ("text", "Quiero más información"),
    "text_forwarded_reply": ("text", "Sí, esa"),
    "text_in_a_group": ("text", "Hola a todos"),
    "image": ("image", "Así quedó el golpe"),
    "image_without_caption": ("image", None),
    "audio": ("audio", None),
    "video": ("video", "El ruido del motor"),
    "document": ("document", "Constancia fiscal.pdf"),
    "sticker": ("sticker", None),
    "location": ("location", "Taller Del Valle, Av. Insurgentes Sur 1602, Ciudad de México, 19.373300, -99.178500"),
    "location_without_name": ("location", "-12.000000, -77.042800"),
    "contacts": ("contacts", "Raúl Mena +52 55 8765 4321"),
    "reaction": ("reaction", "👍"),
    "reaction_taken_back": ("reaction", None),
    "interactive_button": ("interactive", "Cancelar cita"),
    "interactive_list": ("interactive", "Envío exprés"),
    "interactive_flow": ("interactive", "Enviado"),
    "interactive_call_permission": ("interactive", "accept"),
    "button": ("button", "No recibir más"),
    "order": ("order", "¿Hacen factura?\n2 × di9ozbzfi4\n1 × nqryix03ez"),
    "system_changed_number": ("system", "User Sofía Ramírez changed from 5215512345678 to 5215599998888"),
    "system_changed_user_id": ("system", "User changed"),
    "unsupported": ("unsupported", None),
    "unknown_as_meta_once_said": ("unsupported", None),
    "edit": ("edit", "Hola, ¿entregan en Tlalpan?"),
    "revoke": ("revoke", None),
    "request_welcome": ("request_welcome", None),
    "text_from_a_username": ("text", "Sin teléfono"),
}


class TestKinds:
    @pytest.mark.parametrize("name", TEXTS)
    def test_each_documented_kind_is_a_message(self, name: str) -> None:
        """Each kind that Meta documents becomes a message with what can be read of it."""
        message = read(name)

        assert isinstance(message, InboundMessage)
        assert (message.kind, message.text) == TEXTS[name]

    def test_every_captured_payload_is_in_a_test(self) -> None:
        """No captured payload lies about unused."""
        others = {"status_sent", "status_delivered", "status_read", "status_played", "status_failed"}
        others |= {"reported_error", "template_status"}

        assert {path.stem for path in FOLDER.glob("*.json")} == set(TEXTS) | others

    def test_a_message_is_read_whole(self) -> None:
        """Id, sender, name, time and the item as received are all there."""
        message = read("text")

        assert message.external_id == "wamid.HBgNNTIxNTUxMjM0NTY3OBUCABIYFDNBN0Q0001AA=="
        assert message.sender_addresses == SOFIA
        assert message.sender_name == "Sofía Ramírez"
        assert message.sent_at == datetime(2026, 7, 1, 10, 0, 1, tzinfo=UTC)
        assert message.payload == load("text")["entry"][0]["changes"][0]["value"]["messages"][0]

    def test_what_points_says_where(self) -> None:
        """A reply, a reaction, an edit and a revocation name the message that they are about."""
        assert read("text_forwarded_reply").reply_to == "wamid.HBgNNTIxNTUxMjM0NTY3OBUCABEYEjVGAA=="
        assert read("reaction").reply_to == "wamid.HBgNNTIxNTUxMjM0NTY3OBUCABEYEjVGBB=="
        assert read("edit").reply_to == read("revoke").reply_to == read("text").external_id

    def test_only_what_no_person_wrote_is_automatic(self) -> None:
        """Notices of WhatsApp itself are automatic, what people send is not (EC-44)."""
        automatic = {name for name in TEXTS if read(name).automatic}

        assert automatic == {"system_changed_number", "system_changed_user_id", "request_welcome"}


class TestSenders:
    def test_a_sender_without_a_phone_is_known_by_user_id(self) -> None:
        """Somebody with a username and no phone is one address, their user id (EC-76)."""
        message = read("text_from_a_username")

        assert message.sender_addresses == (AddressClaim("bsuid", "MX.13491208655302741918", vouched=True),)
        assert message.sender_name == "Sofía"

    @pytest.mark.parametrize("name", ["system_changed_number", "system_changed_user_id"])
    def test_a_change_of_address_comes_from_the_former_one(self, name: str) -> None:
        """When an address changes, the sender is who they were, and the fields say who they are now."""
        message = read(name)

        assert message.sender_addresses[-1] == AddressClaim("bsuid", "MX.13491208655302741918", vouched=True)
        assert message.fields["new_bsuid"] == "MX.99991208655302741918"

    def test_a_changed_number_is_in_the_fields(self) -> None:
        """A new phone number stands in the fields."""
        assert read("system_changed_number").fields["new_phone"] == "+5215599998888"

    def test_a_user_id_in_the_place_of_the_phone_is_taken_for_what_it_is(self) -> None:
        """A user id that comes where a number used to be is a user id."""
        (message,) = items(change(a_text(**{"from": "CO.1234"})))

        assert message.sender_addresses == (AddressClaim("bsuid", "CO.1234", vouched=True),)

    def test_a_profile_lends_its_addresses_only_to_its_own_message(self) -> None:
        """In a batch of two people, nobody gets the other's name or user id."""
        people = [
            {"wa_id": "573001234567", "user_id": "CO.1", "profile": {"name": "Ana"}},
            {"wa_id": "573007654321", "user_id": "CO.2", "profile": {"name": "Beto"}},
        ]
        first, second, third = items(
            change(
                a_text(), a_text("w2", **{"from": "573007654321"}), a_text("w3", **{"from": "573009"}), contacts=people
            )
        )

        assert (first.sender_name, first.sender_addresses[1].value) == ("Ana", "CO.1")
        assert (second.sender_name, second.sender_addresses[1].value) == ("Beto", "CO.2")
        assert (third.sender_name, len(third.sender_addresses)) == ("", 1)

    def test_the_only_profile_names_the_sender_but_lends_no_address(self) -> None:
        """Where WhatsApp writes the number of the profile otherwise, the name is used and the address is not."""
        (message,) = items(
            change(a_text(), contacts=[{"wa_id": "57300", "user_id": "CO.9", "profile": {"name": "Ana"}}])
        )

        assert message.sender_name == "Ana"
        assert message.sender_addresses == (AddressClaim("phone", "+573001234567", vouched=True),)

    @pytest.mark.parametrize(
        "contacts", [None, {}, "x", [None], [{}], [{"profile": 5}], [{"profile": {"name": 5}}], [{"wa_id": []}]]
    )
    def test_a_spoiled_profile_costs_only_the_name(self, contacts: Any) -> None:
        """Whatever stands where the profiles should be, the message is kept."""
        (message,) = items(change(a_text(), contacts=contacts))

        assert message.sender_name == ""
        assert message.text == "Hola"

    def test_a_name_holds_nothing_that_deceives(self) -> None:
        """Control characters, line ends and marks that turn the writing are taken out of names."""
        (message,) = items(
            change(
                a_text(), contacts=[{"wa_id": "573001234567", "profile": {"name": "\u202eAna\r\n\x1b[31m \0 María"}}]
            )
        )

        assert message.sender_name == "Ana [31m María"


class TestStatuses:
    @pytest.mark.parametrize(
        ("name", "status"),
        [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("played", "read"), ("failed", "failed")],
    )
    def test_each_status_is_an_event(self, name: str, status: str) -> None:
        """Each status that Meta documents is an event of the message; a voice message played was read."""
        event = read(f"status_{name}")

        assert isinstance(event, StatusEvent)
        assert (event.external_id, event.status) == ("wamid.OUT00000001", status)
        assert event.at == datetime(2026, 7, 1, 10, 1, 40, tzinfo=UTC)

    def test_a_failure_says_why(self) -> None:
        """A failed message carries Meta's code and title."""
        error = read("status_failed").error

        assert (error.code, error.title) == (131047, "Re-engagement message")

    def test_an_unknown_status_is_quarantined(self) -> None:
        """A status that Meta does not document, or one without a message, is quarantined."""
        bad = [{"id": "w", "status": "teleported"}, {"status": "sent"}, {"id": "w", "status": 7}]

        assert reasons(change(statuses=bad)) == ["unknown_status", "no_id", "wrong_shape"]


class TestEnvelope:
    def test_a_topic_that_we_do_not_use_is_noted(self) -> None:
        """A documented topic other than messages is ignored by name, and is no fault."""
        parsed = parse(json.dumps(load("template_status")).encode(), phone_number_id=NUMBER)

        assert (parsed.items, parsed.ignored) == ((), ("message_template_status_update",))

    def test_an_unknown_topic_is_quarantined(self) -> None:
        """A topic that nobody documents is quarantined."""
        assert reasons({"field": "telepathy", "value": {}}, {"value": {}}) == ["unknown_field"] * 2

    def test_another_number_is_quarantined(self) -> None:
        """What concerns a phone_number_id other than the account's is quarantined, whatever it is (threat 10)."""
        assert reasons(change(a_text(), number="999"), change(a_text(), number=None)) == ["foreign_number"] * 2  # type: ignore[arg-type]

    def test_an_error_that_meta_reports_is_in_sight(self) -> None:
        """An error outside any message is shown to an administrator."""
        assert read("reported_error").reason == "reported_error"

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (b"", "bad_json"),
            (b"{", "bad_json"),
            (b"\xff\xfe\x00", "bad_json"),
            (b"null", "foreign_object"),
            (b'"text"', "foreign_object"),
            (b"9" * 5000, "foreign_object"),
            (b'{"object": "page", "entry": []}', "foreign_object"),
            (b"[" * 200_000, "too_deep"),
            (b'{"object": "whatsapp_business_account"}', "wrong_shape"),
            (b'{"object": "whatsapp_business_account", "entry": {"0": 1}}', "wrong_shape"),
            (b'{"object": "whatsapp_business_account", "entry": [7]}', "wrong_shape"),
            (b'{"object": "whatsapp_business_account", "entry": [{"changes": [null]}]}', "wrong_shape"),
        ],
    )
    def test_a_body_that_is_no_webhook_is_quarantined_whole(self, raw: bytes, reason: str) -> None:
        """Malformed, truncated, bottomless or foreign bodies are one quarantined item."""
        assert [item.reason for item in parse(raw, phone_number_id=NUMBER).items] == [reason]  # type: ignore[union-attr]

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        """A body that begins with a byte order mark is read."""
        assert len(parse(b"\xef\xbb\xbf" + webhook(change(a_text())), phone_number_id=NUMBER).items) == 1
