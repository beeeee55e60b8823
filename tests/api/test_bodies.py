"""What the API refuses to read: nonsense is told, all of it at once, and never ends in a 500."""

import json

import pytest

from tests.cast import Cast, an_email

from .caller import Caller

pytestmark = pytest.mark.django_db


class TestUnknownFields:
    def test_are_refused_with_their_place(self, admin: Caller) -> None:
        """INV-36: a field that is not listed is refused, however deep it stands."""
        said = admin.post("/people", {"name": "Eva", "grants": [{"role": "agent", "group_id": 1, "owner": True}]})

        assert said.status == 422
        assert "application/problem+json" == said.response["Content-Type"]
        assert {
            "email": "missing",
            "group_id": "missing",
            "grants[0].owner": "unknown_field",
        } == said.codes

    def test_unknown_parameters_are_refused_too(self, admin: Caller) -> None:
        """A mistyped filter is not ignored: it would silently show everything."""
        said = admin.get("/groups", ower="none")

        assert 422 == said.status
        assert {"ower": "unknown_parameter"} == said.codes


class TestTypes:
    @pytest.mark.parametrize("value", [True, "1", 1.0, 1.5, None, [1], {"id": 1}, 0, -1, 2**63, 10**30])
    def test_an_id_is_a_whole_number_within_bounds(self, admin: Caller, value: object) -> None:
        """INV-36: nothing else counts as an id; a flag and a text do not become one."""
        said = admin.post("/people", {"name": "Eva", "email": an_email("eva"), "group_id": value})

        assert 422 == said.status
        assert {"group_id"} == said.codes.keys()

    @pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfffy"])
    def test_text_that_cannot_be_stored_is_refused(self, admin: Caller, text: str) -> None:
        """NUL and halves of surrogate pairs are refused with their place, also deep inside free values."""
        said = admin.post("/accounts", {"kind": "webform", "name": "x", "group_id": 1, "settings": {"a": [text]}})

        assert 422 == said.status
        assert {"settings.a[0]": "bad_text"} == said.codes

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b'"x"',
            b"\xff\xfe",
            b'{"name": "a", "name": "b"}',
            b'{"name": NaN}',
            b'{"name": 1e999}',
            b"[" * 100_000,
            b'{"a":' * 60 + b"1" + b"}" * 60,
            b"1" * 5000,
        ],
    )
    def test_what_is_no_usable_json_is_refused(self, admin: Caller, body: bytes) -> None:
        """INV-64: broken, doubled, endless and bottomless JSON is told apart from ours, and never a 500."""
        said = admin.post("/groups", body)

        assert said.status in (400, 422)
        assert said.body["code"] in ("not_json", "invalid")

    def test_a_body_that_is_too_large_is_refused(self, admin: Caller) -> None:
        """INV-64: more than 2 MB are not read."""
        said = admin.post("/groups", b'{"name": "' + b"x" * 2_200_000 + b'"}')

        assert (413, "too_large") == (said.status, said.body["code"])

    @pytest.mark.parametrize("until", [1_800_000_000, "tomorrow", "2030-01-01T10:00:00", "0001-01-01T00:00:00+14:00"])
    def test_an_instant_has_an_offset(self, company: Cast, alba: Caller, until: object) -> None:
        """Instants are RFC 3339 with an offset; seconds, words and local times are not guessed at."""
        path = f"/people/{company.alba.person_id}/availability"

        said = alba.put(path, {"status": "away", "until": until})

        assert 422 == said.status
        assert {"until"} == said.codes.keys()


class TestNumbers:
    """INV-64: a number is within bounds or refused at its place, whoever reads it; none ends in a 500."""

    @pytest.mark.parametrize("written", ["1" + "0" * 400, "-1" + "0" * 400, "9007199254740993", "1e300"])
    def test_out_of_bounds(self, admin: Caller, company: Cast, written: str) -> None:
        """What no floating number is, or no database keeps exactly, is told as no number."""
        node = f'{{"field": "sellers", "op": "=", "value": {written}}}'
        rule: dict[str, object] = {"description": "R", "entity": "prospect", "trigger": "web_integration"}
        rule |= {"assign_to": [{"person_id": company.alba.person_id}], "filters": "HERE"}
        span = {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}
        bodies = (("/rules", rule), ("/rules/preview", {"rule": rule} | span))

        assert {"filter.value": "not_a_number"} == admin.get("/contacts", filter=node).codes
        for path, body in bodies:
            said = admin.post(path, json.dumps(body).replace('"HERE"', node).encode())
            assert [422, ["not_a_number"]] == [said.status, list(said.codes.values())]
        ana = f'{{"name": "Ana", "fields": {{"sellers": {written}}}}}'.encode()
        assert {"fields.sellers": "not_a_number"} == admin.post("/contacts", ana).codes

    @pytest.mark.parametrize("written", ["NaN", "-Infinity", "1e400", "1" * 5000])
    def test_that_are_none(self, admin: Caller, written: str) -> None:
        """Constants of other languages, and digits without end, are no JSON of a filter, either."""
        assert {"filter": "not_json"} == admin.get("/contacts", filter=f'{{"value": {written}}}').codes

    def test_minus_nothing(self, admin: Caller) -> None:
        """Minus nothing is nothing, asked and stored."""
        assert 201 == admin.post("/contacts", b'{"name": "Ana", "fields": {"sellers": -0.0}}').status
        for op in ("=", ">="):
            found = admin.get("/contacts", filter=f'{{"field": "sellers", "op": "{op}", "value": -0.0}}').body["items"]
            assert [["Ana", 0]] == [[one["name"], one["fields"]["sellers"]] for one in found]


class TestMeaning:
    def test_all_faults_come_at_once(self, admin: Caller) -> None:
        """What the verbs find wrong is listed whole, each fault with its path, code and sentence."""
        said = admin.post("/people", {"name": " ", "email": "no", "group_id": 999_999, "capacity": -1})

        assert {
            "name": "blank",
            "email": "not_an_email",
            "group_id": "unknown_group",
            "capacity": "not_in_range",
        } == said.codes
        assert all(fault["message"] for fault in said.body["errors"])

    def test_no_english_of_a_library_reaches_anybody(self, admin: Caller) -> None:
        """Every sentence is ours: none of the validation library's shows through."""
        said = admin.post("/rules", {"entity": 3, "trigger": "never", "assign_to": {}, "active": "yes", "after": 1})

        assert 422 == said.status
        assert "Input should" not in json.dumps(said.body)


class TestLists:
    @pytest.mark.parametrize("limit", ["0", "-1", "201", "1e9", "99999999999999999999999", "", "x", "1.5", "true"])
    def test_an_absurd_limit_is_refused(self, admin: Caller, limit: str) -> None:
        """INV-64: a page has 1 to 200 rows; anything else is 422, never a 500."""
        said = admin.get("/groups", limit=limit)

        assert 422 == said.status
        assert {"limit"} == said.codes.keys()

    @pytest.mark.parametrize("cursor", ["x", "YWZ0ZXI6", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OQ", "é", "=" * 99, "' OR 1"])
    def test_a_cursor_that_is_none_of_ours_is_refused(self, admin: Caller, cursor: str) -> None:
        """A cursor is opaque: what we never gave out is 422."""
        said = admin.get("/groups", cursor=cursor)

        assert 422 == said.status
        assert {"cursor": "bad_cursor"} == said.codes

    def test_a_parameter_stands_once(self, admin: Caller) -> None:
        """INV-36: two values for one parameter are two readings, so neither is taken."""
        said = admin.get("/groups?limit=1&limit=2")

        assert {"limit": "doubled"} == said.codes

    def test_pages_give_every_row_once(self, admin: Caller) -> None:
        """Following next_cursor gives every row once, and the last page has none."""
        for number in range(7):
            assert 201 == admin.post("/groups", {"name": f"Grupo {number}"}).status
        seen, cursor = [], None
        while True:
            page = admin.get("/groups", limit=3, **({"cursor": cursor} if cursor else {})).body
            seen += [group["id"] for group in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break

        assert 10 == len(seen) == len(set(seen))
