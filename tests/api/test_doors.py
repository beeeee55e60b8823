"""Who comes in at all: tokens, actions, addresses that are not there."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reparto.api.action import actions_of
from reparto.api.api import api
from reparto.api.shapes import Answer, Shape
from reparto.kit.clock import now
from reparto.people.permissions import ON_ORGANIZATION, ON_THINGS
from reparto.people.suspend_person import suspend_person
from tests.cast import Cast

from .caller import Caller


def operations() -> list[tuple[str, object]]:
    """Every operation of the API with its name."""
    found = []
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            found += [(f"{'/'.join(one.methods)} {path}", one.view_func) for one in view.operations]
    return found


def _below(shape: type) -> set[type]:
    return {shape}.union(*(_below(one) for one in shape.__subclasses__()))


class TestEveryRoute:
    @pytest.mark.parametrize(("name", "view"), operations(), ids=lambda value: value if isinstance(value, str) else "")
    def test_names_its_action(self, name: str, view: object) -> None:
        """INV-33: a route that names no action of the one table would be open to nobody, so none is left without."""
        named = actions_of(view)  # type: ignore[arg-type]

        assert named
        assert set(named) <= ON_ORGANIZATION.keys() | ON_THINGS.keys()


@pytest.mark.django_db
class TestTokens:
    def test_without_one_nobody_comes_in(self) -> None:
        """A request without a token is answered 401, as a problem, with the way in."""
        said = Caller().get("/contacts")

        assert said.status == 401
        assert said.response["WWW-Authenticate"] == "Bearer"
        assert said.response["Content-Type"] == "application/problem+json"
        assert said.body["code"] == "unauthenticated"

    def test_why_one_is_refused_is_not_told(self, company: Cast, bruno: Caller) -> None:
        """INV-39: an unknown token and one of a suspended person get the same answer, byte for byte."""
        unknown = Caller(headers={"Authorization": "Bearer rep_pat_unknown"}).get("/me")
        assert bruno.get("/me").status == 200
        suspend_person(company.bruno.person_id, actor=company.admin, at=now())

        refused = bruno.get("/me")

        assert unknown.status == refused.status == 401
        assert unknown.raw == refused.raw

    def test_scopes_narrow_what_a_person_may(self, company: Cast) -> None:
        """INV-37: a token with scopes opens these and nothing else, whatever its person may."""
        narrow = Caller(company.admin, scopes=("rules.view",))

        assert narrow.get("/rules").status == 200
        assert narrow.get("/people").status == 403
        assert narrow.get("/contacts/1").status == 403

    def test_me_says_who_it_is(self, company: Cast, admin: Caller) -> None:
        """GET /me names the person, the company, the grants and the scopes."""
        me = admin.get("/me").body

        assert company.admin.person_id == me["person"]["id"]
        assert "Cordillera" == me["organization"]["name"]
        assert [{"role": "admin", "group_id": company.root_id}] == me["grants"]
        assert [] == me["scopes"]

    def test_coming_in_costs_three_queries(self, admin: Caller) -> None:
        """A token is looked up, entered and read in three queries; the rest of /me is its own."""
        admin.get("/me")

        with CaptureQueriesContext(connection) as found:
            admin.get("/me")

        asked = [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]
        until_in = next(place for place, sql in enumerate(asked) if "people_presence" in sql)
        assert until_in == 3


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", "/people", {"name": "Eva", "email": "eva@reparto.example.com", "group_id": 1}),
            ("POST", "/groups", {"name": "Este"}),
            ("POST", "/rules", {}),
            ("PATCH", "/settings/inbox", {"first_responder_owns": True}),
            ("GET", "/accounts", None),
            ("GET", "/quarantine", None),
            ("POST", "/tags", {"name": "flota"}),
        ],
    )
    def test_an_agent_may_not(self, alba: Caller, method: str, path: str, body: object) -> None:
        """What belongs to an administrator is refused to an agent before a body is even read: 403."""
        said = alba.send(method, path, body)

        assert said.status == 403
        assert "not_allowed" == said.body["code"]

    @pytest.mark.parametrize("path", ["/", "/nothing", "/contacts/1/nothing", "/people/1/accounts"])
    def test_an_address_that_is_not_there(self, admin: Caller, path: str) -> None:
        """An address below /api that does not exist is a problem too, the same 404 as a missing row."""
        said = admin.get(path)

        assert said.status == 404
        assert admin.get("/contacts/999999999").raw == said.raw

    def test_the_language_of_the_caller_is_spoken(self, company: Cast) -> None:
        """Sentences follow Accept-Language; codes never change."""
        spanish = Caller(headers={"Accept-Language": "es"}).get("/me").body
        english = Caller(headers={"Accept-Language": "en"}).get("/me").body

        assert "Not signed in" == english["title"]
        assert spanish["code"] == english["code"]


@pytest.mark.django_db
class TestOpenApi:
    def test_each_shape_of_the_document_has_a_name_of_its_own(self) -> None:
        """Of two shapes with one name the document would describe one, at both places."""
        shapes = [shape for shape in _below(Shape) | _below(Answer) if shape.__module__.startswith("reparto.api")]

        assert [] == sorted(name for name, often in Counter(one.__name__ for one in shapes).items() if often > 1)

    def test_the_document_is_openapi_3_1_and_has_every_path(self) -> None:
        """The document needs no token and names each path that the contract names."""
        document = Caller().get("/openapi.json").body

        assert "3.1.0" == document["openapi"]
        named = {path.removeprefix("/api/v1") for path in document["paths"]}
        assert {"/me", "/contacts/{contact_id}/owner", "/rules/order", "/settings/inbox", "/quarantine"} <= named

    def test_every_operation_wants_the_bearer(self) -> None:
        """The document says of each operation that it needs the token."""
        document = Caller().get("/openapi.json").body

        for name, path in document["paths"].items():
            for operation in path.values():
                assert ([] if name.startswith("/hooks/") else [{"Bearer": []}]) == operation["security"]
