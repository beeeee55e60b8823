"""A post of a web form becomes a lead, or says everything that is wrong with it."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reparto.channels.shapes import Refusal, WebLead
from reparto.channels.webform.parse import parse

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
ANA = {
    "name": "Ana Pérez",
    "phone": "55 1234 5678",
    "email": "ana@ejemplo.mx",
    "message": "Cotizar\n3 unidades",
    "source": "web",
}


def lead(fields: Any) -> WebLead:
    """Read a form that is good."""
    found = parse(json.dumps(fields).encode(), JSON)
    assert isinstance(found, WebLead), found
    return found


def refusal(body: bytes | dict[str, Any], content_type: str = JSON) -> Refusal:
    """Read a form that is not."""
    found = parse(json.dumps(body).encode() if isinstance(body, dict) else body, content_type)
    assert isinstance(found, Refusal), found
    return found


def codes(body: bytes | dict[str, Any], content_type: str = JSON) -> set[tuple[str, str]]:
    """Return all faults of a form."""
    return {(fault.path, fault.code) for fault in refusal(body, content_type).faults}


class TestLead:
    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (json.dumps(ANA).encode(), JSON),
            (json.dumps(ANA, ensure_ascii=False).encode(), "Application/JSON; charset=utf-8"),
            (urlencode(ANA).encode(), FORM),
            (urlencode(ANA).encode(), FORM + ";charset=UTF-8"),
            (urlencode(ANA, encoding="cp1252").encode(), FORM),
            (b"name=Ana P\xc3\xa9rez&" + urlencode({k: v for k, v in ANA.items() if k != "name"}).encode(), FORM),
        ],
    )
    def test_json_and_urlencoded_are_one(self, body: bytes, content_type: str) -> None:
        """The same form as JSON or urlencoded, in UTF-8 or the encoding of an old page, is the same lead."""
        assert parse(body, content_type) == WebLead(**ANA)

    def test_a_phone_or_an_email_is_enough(self) -> None:
        """One way to reach somebody is enough; the rest is empty."""
        assert lead({"phone": "5512345678"}) == WebLead("", "5512345678", "", "", "")
        assert lead({"email": "a@b.mx", "name": None}).email == "a@b.mx"

    def test_a_phone_may_be_a_number(self) -> None:
        """A phone that a form sends as a number is the digits of that number."""
        assert lead({"phone": 5512345678}).phone == "5512345678"
        assert parse(b'{"phone": 5.512345678e9}', JSON) == WebLead("", "5512345678", "", "", "")

    def test_other_fields_are_kept_as_text(self) -> None:
        """What a company asks beyond our names is kept: numbers, choices, check boxes, even objects; empty ones are not."""
        found = lead(
            {**ANA, "plazas": 12, "largo": 2.5, "acepta": True, "marcas": ["A", "B"], "x": {"y": 1}, "vacío": " "}
        )

        assert found.fields == {"plazas": "12", "largo": "2.5", "acepta": "true", "marcas": "A, B", "x": '{"y": 1}'}

    def test_a_repeated_choice_is_kept_whole(self) -> None:
        """A field that a form repeats has all its values."""
        found = parse(b"phone=1&phone=1&marca%5B%5D=A&marca%5B%5D=B", FORM)

        assert found == WebLead("", "1", "", "", "", {"marca": "A, B"})

    def test_our_names_are_known_in_any_case(self) -> None:
        """`Email` and ` PHONE ` are the e-mail and the phone; a custom field keeps its case."""
        assert lead({"Email": "a@b.mx", " PHONE ": "1", "Plazas": "2"}) == WebLead(
            "", "1", "a@b.mx", "", "", {"Plazas": "2"}
        )

    def test_what_would_deceive_is_taken_out(self) -> None:
        """NUL, control characters and half an emoji do not get in; a message keeps its lines."""
        found = lead({"name": "Ana\0\r\n\x1b María \u202e", "phone": "55", "message": "uno\r\ndos\0 \ud83d"})

        assert (found.name, found.message) == ("Ana María", "uno\ndos \ufffd")


class TestRefusal:
    @pytest.mark.parametrize(
        ("body", "content_type", "status", "code"),
        [
            (b"x", "multipart/form-data; boundary=x", 415, "multipart"),
            (b"{}", "text/plain", 415, "unsupported_media_type"),
            (b"{}", "", 415, "unsupported_media_type"),
            (b"{}", "application/json\r\nX: y", 415, "unsupported_media_type"),
            (b"{", JSON, 400, "bad_json"),
            (b"", JSON, 400, "bad_json"),
            (b"[" * 100_000, JSON, 400, "too_deep"),
            (b'{"a":' * 60 + b"1" + b"}" * 60, JSON, 422, "too_deep"),
            (b'{"phone": "\xff"}', JSON, 422, "bad_utf8"),
            (b"[]", JSON, 422, "not_an_object"),
            (b'"phone"', JSON, 422, "not_an_object"),
            (b"a=1&" * 2_000, FORM, 422, "too_many_fields"),
        ],
    )
    def test_what_is_no_form_is_refused(self, body: bytes, content_type: str, status: int, code: str) -> None:
        """A body that is no form of ours is refused with the status and the reason."""
        found = refusal(body, content_type)

        assert (found.status, [fault.code for fault in found.faults]) == (status, [code])

    @pytest.mark.parametrize(
        "body", [{}, {"name": "Ana"}, {"phone": "", "email": " "}, {"phone": None, "message": "x"}]
    )
    def test_somebody_who_cannot_be_reached_is_refused(self, body: dict[str, Any]) -> None:
        """Without a phone and without an e-mail there is nobody to answer."""
        assert codes(body) == {("phone", "no_phone_or_email"), ("email", "no_phone_or_email")}
        assert codes(b"", FORM) == {("phone", "no_phone_or_email"), ("email", "no_phone_or_email")}

    def test_all_faults_come_at_once(self) -> None:
        """Everything that is wrong is said in one answer."""
        body = {
            "name": "a" * 301,
            "message": {"a": 1},
            "phone": ["1"],
            "source": True,
            "email": "a@b.mx",
            "k" * 65: "1",
            "nota": "b" * 5001,
        }

        assert codes(body) == {
            ("name", "too_long"),
            ("message", "not_text"),
            ("phone", "several_values"),
            ("source", "not_text"),
            ("k" * 64, "name_too_long"),
            ("nota", "too_long"),
        }

    def test_two_phones_are_not_guessed_between(self) -> None:
        """A known field with two different values is refused."""
        assert codes(b"phone=1&phone=2", FORM) == {("phone", "several_values")}

    def test_a_form_has_an_end(self) -> None:
        """More fields than any form has are refused."""
        assert ("", "too_many_fields") in codes({"phone": "1", **{f"f{i}": i for i in range(100)}})


class TestAnything:
    @settings(max_examples=200, deadline=None)
    @given(st.binary(max_size=300), st.sampled_from([JSON, FORM, "", "multipart/form-data"]) | st.text(max_size=40))
    def test_nothing_makes_it_raise(self, body: bytes, content_type: str) -> None:
        """Whatever is posted, it is a lead or a refusal with a reason."""
        found = parse(body, content_type)

        assert isinstance(found, WebLead) or found.faults
