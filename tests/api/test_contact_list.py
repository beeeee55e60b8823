"""The list of contacts: who sees what, filters, search, and what a page costs."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, a_phone

from .caller import Caller

pytestmark = pytest.mark.django_db


def make(caller: Caller, name: str, owner_id: int | None, **more: Any) -> int:
    """Create a contact and return its id."""
    body = {"name": name, "addresses": [{"kind": "phone", "value": a_phone()}], "owner_id": owner_id, **more}
    said = caller.post("/contacts", body)
    assert said.status == 201, said.body
    return int(said.body["id"])


def ids(caller: Caller, **query: Any) -> list[int]:
    """Return the ids of the first page."""
    said = caller.get("/contacts", **query)
    assert said.status == 200, said.body
    return [contact["id"] for contact in said.body["items"]]


class TestVisibility:
    def test_each_sees_theirs(self, company: Cast, admin: Caller, alba: Caller, carla: Caller) -> None:
        """An agent lists their own, their group's and the free ones; another team's are not there."""
        free = make(admin, "Libre", None)
        north = make(admin, "Del norte", company.bruno.person_id)
        south = make(admin, "Del sur", company.carla.person_id)

        assert [south, north, free] == ids(admin)
        assert [north, free] == ids(alba)
        assert [south, free] == ids(carla)

    def test_another_company_lists_its_own_only(self, admin: Caller, strangers: Cast) -> None:
        """INV-27: nothing of one company is in another's list."""
        make(admin, "Nuestra", None)

        assert [] == ids(Caller(strangers.admin))


class TestFilters:
    def test_by_owner(self, company: Cast, admin: Caller, alba: Caller) -> None:
        """LG-9: owner=none, me and an id list exactly those."""
        free, own = make(admin, "Libre", None), make(admin, "De Alba", company.alba.person_id)
        other = make(admin, "De Bruno", company.bruno.person_id)

        assert [free] == ids(admin, owner="none")
        assert [own] == ids(alba, owner="me")
        assert [other] == ids(admin, owner=str(company.bruno.person_id))
        assert {"owner": "unknown_choice"} == admin.get("/contacts", owner="x").codes

    def test_an_owner_filter_never_widens(self, company: Cast, admin: Caller, alba: Caller) -> None:
        """INV-35: asking for a person of another team shows what one sees anyway: nothing."""
        make(admin, "De Carla", company.carla.person_id)

        assert [] == ids(alba, owner=str(company.carla.person_id))

    def test_by_search(self, admin: Caller) -> None:
        """A name without its accents, and a number in another spelling, find the contact."""
        made = admin.post(
            "/contacts", {"name": "José Peña", "addresses": [{"kind": "phone", "value": "+573001234567"}]}
        )

        assert [made.body["id"]] == ids(admin, search="jose pena")
        assert [made.body["id"]] == ids(admin, search="300 123 4567")
        assert [] == ids(admin, search="nadie")

    def test_by_the_filter_language(self, admin: Caller) -> None:
        """The filter language narrows the list, and its faults have their place."""
        there = make(admin, "Uno", None, tags=["flota"])
        make(admin, "Dos", None)

        assert [there] == ids(admin, filter=json.dumps({"all": [{"field": "tags", "op": "has", "value": "flota"}]}))
        for wrong in ("{", "[]", '{"all": [{"field": "no_such", "op": "is", "value": 1}]}', '{"a":' * 70):
            assert 422 == admin.get("/contacts", filter=wrong).status


class TestCost:
    def test_fifty_contacts_take_eight_queries(self, company: Cast, admin: Caller) -> None:
        """The list asks the database as often for fifty contacts as for one: coming in and reading, 8 at most each."""
        for number in range(55):
            make(admin, f"Contacto {number}", company.alba.person_id if number % 2 else None, tags=["flota"])

        with CaptureQueriesContext(connection) as found:
            said = admin.get("/contacts")

        asked = [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]
        after_door = [sql for sql in asked if "kit_door" not in sql and "people_" not in sql.split("FROM")[-1][:12]]
        assert 50 == len(said.body["items"])
        assert len(after_door) <= 8
