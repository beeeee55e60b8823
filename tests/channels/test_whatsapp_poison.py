"""Nothing bad spoils what is good, and nothing at all makes the reader raise (INV-8)."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reparto.channels.shapes import InboundMessage, Unreadable
from reparto.channels.whatsapp.parse import parse
from tests.channels.whatsapp_payloads import NUMBER, a_text, change, webhook


def items(*changes: Any) -> tuple[Any, ...]:
    """Read the items of a webhook of these changes."""
    return parse(webhook(*changes), phone_number_id=NUMBER).items


DEEP: Any = "core"
for _ in range(60):
    DEEP = [DEEP]

POISON = {
    "unknown kind": ({"type": "hologram"}, "unknown_kind"),
    "no kind": ({"type": None}, "wrong_shape"),
    "kind as number": ({"type": 3.5}, "wrong_shape"),
    "no id": ({"id": None}, "no_id"),
    "id as float": ({"id": 1.5}, "no_id"),
    "blank id": ({"id": "  "}, "no_id"),
    "huge id": ({"id": "w" * 256}, "bad_id"),
    "huge number as id": ({"id": 10**400}, "bad_id"),
    "no sender": ({"from": None}, "no_sender"),
    "sender as number": ({"from": 573001234567}, "wrong_shape"),
    "sender as words": ({"from": "Ana María"}, "no_sender"),
    "text missing": ({"text": None}, "wrong_shape"),
    "text as text": ({"text": "Hola"}, "wrong_shape"),
    "body as float": ({"text": {"body": 3.5}}, "wrong_shape"),
    "body as list": ({"text": {"body": ["Hola"]}}, "wrong_shape"),
    "huge text": ({"text": {"body": "a" * 70_000}}, "too_large"),
    "deep": ({"extra": DEEP}, "too_deep"),
    "image as list": ({"type": "image", "image": []}, "wrong_shape"),
    "caption as number": ({"type": "image", "image": {"caption": 7}}, "wrong_shape"),
    "place without coordinates": ({"type": "location", "location": {"latitude": "19"}}, "wrong_shape"),
    "cards as object": ({"type": "contacts", "contacts": {}}, "wrong_shape"),
    "edit of nothing": ({"type": "edit", "edit": {}}, "wrong_shape"),
}


class TestPoison:
    @pytest.mark.parametrize("name", POISON)
    def test_a_poisoned_item_spoils_no_other(self, name: str) -> None:
        """Between two good messages a bad one is quarantined in its place, and both good ones are kept."""
        spoiled, reason = POISON[name]
        before, bad, after = items(change(a_text("w1"), {**a_text("w2"), **spoiled}), change(a_text("w3")))

        assert (before.external_id, after.external_id) == ("w1", "w3")
        assert (bad.position, bad.reason) == ("entry[0].changes[0].value.messages[1]", reason)

    def test_bytes_that_are_not_utf8_spoil_only_their_message(self) -> None:
        """A message with bytes that are no UTF-8 is quarantined, its neighbours are kept."""
        raw = webhook(change(a_text("w1"), a_text("w2", text={"body": "MARK"}), a_text("w3"))).replace(
            b"MARK", b"\xff\xc3"
        )
        kinds = [getattr(item, "reason", "good") for item in parse(raw, phone_number_id=NUMBER).items]

        assert kinds == ["good", "bad_utf8", "good"]

    def test_half_an_emoji_and_nul_are_cured(self) -> None:
        """NUL is taken out and half a character replaced, so that the message can be stored."""
        (message,) = items(change(a_text(text={"body": "Ho\0la \ud83d"}, extra={"a\0": "\udfff\0"})))

        assert message.text == "Hola \ufffd"
        assert message.payload["extra"] == {"a": "\ufffd"}

    @pytest.mark.parametrize("timestamp", [None, "", "ayer", "-5", "9" * 30, 1e400, 3.5, True, [], "４２"])
    def test_an_impossible_time_costs_only_the_time(self, timestamp: Any) -> None:
        """A message whose time says nothing sensible is kept without it."""
        (message,) = items(change(a_text(timestamp=timestamp)))

        assert message.sent_at is None

    def test_numbers_that_nobody_can_store_stay_text(self) -> None:
        """Infinities, NaN and endless integers become text, so PostgreSQL can keep the payload."""
        raw = webhook(change(a_text(extra="MARK"))).replace(b'"MARK"', b"[NaN, -Infinity, 1e999, " + b"7" * 5000 + b"]")
        (message,) = parse(raw, phone_number_id=NUMBER).items

        assert message.payload["extra"] == ["NaN", "-Infinity", "1e999", "7" * 5000]  # type: ignore[union-attr]

    def test_a_thousand_changes_are_each_handled_by_themselves(self) -> None:
        """Of 1,000 changes with 50 poisoned ones, 950 are read and 50 quarantined, in order (INV-8)."""
        poison = [spoiled for spoiled, _ in POISON.values()]
        changes = [
            change({**a_text(f"w{i}"), **(poison[i // 20 % len(poison)] if i % 20 == 7 else {})}) for i in range(1000)
        ]
        found = items(*changes)

        assert [i for i in range(1000) if isinstance(found[i], Unreadable)] == list(range(7, 1000, 20))
        assert [item.external_id for item in found if isinstance(item, InboundMessage)][:2] == ["w0", "w1"]


def survives(seed: int) -> None:
    """One batch of 1,000 changes, of which 1 to 50 at random places are poisoned."""
    chance = Random(seed)
    spoiled = {at: chance.choice(list(POISON)) for at in chance.sample(range(1000), chance.randint(1, 50))}
    found = items(
        *(change({**a_text(f"w{at}"), **(POISON[spoiled[at]][0] if at in spoiled else {})}) for at in range(1000))
    )
    wrong = {at: found[at].reason for at in range(1000) if isinstance(found[at], Unreadable)}

    assert wrong == {at: POISON[name][1] for at, name in spoiled.items()}


class TestBatches:
    def test_random_batches_lose_nothing(self) -> None:
        """Ten batches with up to 50 poisoned items: every good one is read, every bad one quarantined (INV-8)."""
        for seed in range(10):
            survives(seed)

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    def test_five_hundred_batches_lose_nothing(self) -> None:
        """The same for 500 batches."""
        for seed in range(500):
            survives(seed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
NAMES = [
    "from",
    "from_user_id",
    "id",
    "timestamp",
    "type",
    "text",
    "system",
    "contacts",
    "context",
    "errors",
    "edit",
    "order",
]


class TestAnything:
    @settings(max_examples=150, deadline=None)
    @given(st.binary(max_size=400))
    def test_no_bytes_make_it_raise(self, raw: bytes) -> None:
        """Whatever the bytes, they are read or quarantined."""
        assert parse(raw, phone_number_id=NUMBER).items

    @settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.dictionaries(st.sampled_from(NAMES), JSON),
        st.sampled_from(["text", "order", "contacts", "system", "edit"]),
        JSON,
    )
    def test_no_json_makes_it_raise_or_lose_its_neighbour(self, spoiled: dict[str, Any], kind: str, value: Any) -> None:
        """Whatever a message holds, it is read or quarantined, can be stored, and the next one is kept."""
        bad = {**a_text("w1"), "type": kind, kind: value, **spoiled}
        first, last = items(change(bad, a_text("w2"), contacts=value))

        assert last.external_id == "w2"
        json.dumps(first.fragment if isinstance(first, Unreadable) else first.payload, allow_nan=False).encode()
