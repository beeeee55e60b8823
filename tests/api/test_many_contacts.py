"""Changes of many contacts by a program: the job of the list's bar, under the same permissions."""

from typing import Any

import pytest

from reparto.assignment.work_bulk import PARCEL, work_bulk
from reparto.contacts.models import BulkJob, Contact
from reparto.kit.clock import now
from tests.cast import Cast, a_contact

from .caller import Caller


@pytest.fixture
def three(company: Cast) -> list[int]:
    """One contact of Alba's, one of Bruno's and one of Carla's, who is in another group."""
    owners = (company.alba, company.bruno, company.carla)
    return [a_contact(f"De {one.name}", admin=company.admin, owner=one).pk for one in owners]


def owners(ids: list[int]) -> list[int | None]:
    """Return whose they are."""
    there = dict(Contact.objects.filter(pk__in=ids).values_list("pk", "owner_id"))
    return [there[one] for one in ids]


def ids(*chosen: int) -> dict[str, Any]:
    """Return a selection of these."""
    return {"select": {"ids": list(chosen)}}


class TestMany:
    def test_are_given_and_taken_back_as_one(self, company: Cast, manager: Caller, three: list[int]) -> None:
        """LG-3: each is asked by itself; what a manager does not lead is skipped with its reason; one undo for all."""
        bruno = company.bruno.person_id
        before = owners(three)
        job = manager.post("/contacts/assign", {**ids(*three), "owner_id": bruno}).body

        assert ("done", "owner", 1, 3) == (job["state"], job["kind"], job["done"], job["total"])
        assert [
            {"id": three[1], "reason": "so_already"},
            {"id": three[2], "reason": "unknown"},
        ] == job["skipped"]
        assert [bruno, bruno, before[2]] == owners(three)
        assert job == manager.get(f"/jobs/{job['id']}").body
        back = manager.post(f"/jobs/{job['id']}/undo")
        assert (201, "undo_owner", 1, job["id"]) == (
            back.status,
            back.body["kind"],
            back.body["done"],
            back.body["undoes"],
        )
        assert before == owners(three)
        assert 409 == manager.post(f"/jobs/{job['id']}/undo").status

    def test_are_all_that_match_and_no_more(self, company: Cast, admin: Caller, three: list[int]) -> None:
        """What the list would show is tagged, as it was when asked; the tag comes off in the same way."""
        flt = {"field": "name", "op": "contains", "value": "BRUNO"}
        body = {"select": {"matching": {"filter": {"all": [flt]}}}, "tag": "flota"}

        def tags() -> list[list[str]]:
            return [admin.get(f"/contacts/{one}").body["tags"] for one in three]

        assert (1, 1) == tuple(admin.post("/contacts/tag", body).body[name] for name in ("done", "total"))
        assert [[], ["flota"], []] == tags()
        assert (
            1 == admin.post("/contacts/untag", {**body, "select": {"matching": {"search": "de bruno"}}}).body["total"]
        )
        assert 3 == admin.post("/contacts/untag", {"select": {"matching": {}}, "tag": "flota"}).body["total"]
        assert [[], [], []] == tags()

    def test_go_on_in_parcels_until_stopped(self, company: Cast, admin: Caller) -> None:
        """More than one parcel is a worker's; what was not reached when it was stopped stays as it was."""
        made = [a_contact(f"Contacto {number}", admin=company.admin).pk for number in range(PARCEL + 2)]
        job = admin.post("/contacts/assign", {**ids(*made), "owner_id": company.alba.person_id}).body
        stopped = admin.post(f"/jobs/{job['id']}/stop").body
        work_bulk(company.organization_id, at=now())

        assert ("running", PARCEL, "stopped") == (job["state"], job["done"], stopped["state"])
        assert [company.alba.person_id, None] == [owners(made)[0], owners(made)[-1]]

    def test_are_refused_with_every_fault(self, company: Cast, alba: Caller, admin: Caller, three: list[int]) -> None:
        """LG-2, INV-30: an agent gives to nobody else; ids or matching, somebody who is there, a filter that is one."""
        alone, nobody = {"owner_id": None}, 999_999_999
        wrong = {"all": [{"field": "no_such", "op": "is", "value": 1}]}
        asked = [
            ({"select": {}, **alone}, {"select": "one_of"}),
            ({**ids(three[0]), "owner_id": nobody}, {"owner_id": "unknown_person"}),
            ({"select": {"matching": {"owner": "x"}}, **alone}, {"select.matching.owner": "unknown_choice"}),
            ({**ids(), **alone}, {"ids": "empty"}),
        ]
        before = owners(three)

        assert 403 == alba.post("/contacts/assign", {**ids(three[0]), "owner_id": company.bruno.person_id}).status
        assert [codes for _, codes in asked] == [admin.post("/contacts/assign", body).codes for body, _ in asked]
        assert 422 == admin.post("/contacts/assign", {"select": {"matching": {"filter": wrong}}, **alone}).status
        assert before == owners(three)

    def test_are_nobody_elses_job(self, company: Cast, admin: Caller, manager: Caller, three: list[int]) -> None:
        """INV-30: a job is found by whoever began it, and by nobody else."""
        job = admin.post("/contacts/tag", {**ids(*three), "tag": "flota"}).body
        missing = manager.get("/jobs/999999999")

        answers = [
            manager.get(f"/jobs/{job['id']}"),
            *(manager.post(f"/jobs/{job['id']}/{x}") for x in ("stop", "undo")),
        ]

        assert {404} == {said.status for said in answers}
        assert {missing.raw} == {said.raw for said in answers}


class TestANarrowToken:
    @pytest.mark.parametrize("scope", ["contact.list", "contact.edit"])
    def test_changes_no_more_at_once_than_one_by_one(self, company: Cast, three: list[int], scope: str) -> None:
        """INV-31, INV-34: what a token may not do to one contact it may not do to many; nothing is written."""
        narrow, bruno = Caller(company.admin, scopes=(scope, "contact.list")), company.bruno.person_id
        before, tagging = owners(three), 201 if scope == "contact.edit" else 403

        assert 403 == narrow.put(f"/contacts/{three[0]}/owner", {"owner_id": bruno}).status
        assert 403 == narrow.post("/contacts/assign", {**ids(*three), "owner_id": bruno}).status
        assert tagging == narrow.post("/contacts/tag", {**ids(*three), "tag": "flota"}).status
        assert tagging == narrow.post("/contacts/untag", {**ids(*three), "tag": "flota"}).status
        assert (before, 2 if tagging == 201 else 0) == (owners(three), BulkJob.objects.count())

    def test_takes_nothing_back_and_stops_nothing(self, company: Cast, admin: Caller) -> None:
        """INV-31: a job begun by a wide token is read by a narrow one of the same person, and no more."""
        made = [a_contact(f"Contacto {number}", admin=company.admin).pk for number in range(PARCEL + 1)]
        given = {**ids(*made), "owner_id": company.alba.person_id}
        job = admin.post("/contacts/assign", given).body["id"]
        narrow = Caller(company.admin, scopes=("contact.list",))

        assert [403, 200] == [narrow.post(f"/jobs/{job}/stop").status, narrow.get(f"/jobs/{job}").status]
        work_bulk(company.organization_id, at=now())
        assert 403 == narrow.post(f"/jobs/{job}/undo").status
        assert {company.alba.person_id} == set(owners(made))

    def test_is_as_narrow_for_the_worker(self, company: Cast) -> None:
        """INV-31: a parcel that a worker works later is worked within the scopes of the token that began it."""
        theirs = a_contact("De Bruno", admin=company.admin, owner=company.bruno).pk
        made = [a_contact(f"Libre {number}", admin=company.admin).pk for number in range(PARCEL)]
        takes = Caller(company.admin, scopes=("contact.take", "contact.view", "contact.list"))
        job = takes.post("/contacts/assign", {**ids(*made, theirs), "owner_id": company.admin.person_id}).body
        work_bulk(company.organization_id, at=now())

        assert PARCEL == job["done"]
        assert [company.bruno.person_id] == owners([theirs])
        assert [{"id": theirs, "reason": "already_owned"}] == takes.get(f"/jobs/{job['id']}").body["skipped"]
