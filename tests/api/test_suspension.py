"""Suspending by the API: who inherits, how far it is, and back again."""

import pytest

from reparto.assignment.work_handover import work_handover
from reparto.kit.tenancy import enter_organization
from tests.cast import AT, Cast, a_company, a_contact, a_stranger

from .caller import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company."""
    return a_company()


class TestSuspension:
    def test_work_moves_and_tokens_end(self, company: Cast) -> None:
        """EC-54: the answer carries the job, the heir gets all, and the person's tokens are useless at once."""
        contact = a_contact(admin=company.admin, owner=company.alba)
        admin, alba = Caller(company.admin), Caller(company.alba)
        assert 200 == alba.get("/me").status
        person = company.alba.person_id
        said = admin.post(f"/people/{person}/suspend", {"heir_id": company.bruno.person_id})
        enter_organization(company.organization_id)
        work_handover(company.organization_id, at=AT)

        assert (200, "running", 1) == (said.status, said.body["handover"]["state"], said.body["handover"]["total"])
        assert 401 == alba.get("/me").status
        assert "done" == admin.get(f"/people/{person}/handover").body["state"]
        assert company.bruno.person_id == admin.get(f"/contacts/{contact.pk}").body["owner_id"]

    def test_back_again(self, company: Cast) -> None:
        """EC-55: reactivated, a person receives nothing until somebody says so."""
        admin, person = Caller(company.admin), company.alba.person_id
        assert admin.post(f"/people/{person}/suspend", {"heir_id": None}).body["handover"] is None
        back = admin.post(f"/people/{person}/reactivate")

        assert (200, None, False) == (back.status, back.body["suspended_at"], back.body["receives"])

    def test_refused(self, company: Cast) -> None:
        """Who inherits must be said and be able to; others may not; a stranger's person does not exist."""
        admin, person = Caller(company.admin), company.alba.person_id
        stranger = a_stranger().alba.person_id

        assert 422 == admin.post(f"/people/{person}/suspend", {}).status
        assert {"heir_id": "same_person"} == admin.post(f"/people/{person}/suspend", {"heir_id": person}).codes
        assert 403 == Caller(company.manager).post(f"/people/{person}/suspend", {"heir_id": None}).status
        foreign = admin.post(f"/people/{stranger}/suspend", {"heir_id": None})
        missing = admin.post("/people/999999/suspend", {"heir_id": None})
        assert (404, foreign.raw) == (missing.status, missing.raw)


class TestGroups:
    def test_rename_move_delete(self, company: Cast) -> None:
        """LG-3: a group is renamed, moved and, when empty, deleted by the API; what is refused says why."""
        admin = Caller(company.admin)
        group = admin.post("/groups", {"name": "Tienda", "parent_id": company.north_id}).body["id"]
        moved = admin.patch(f"/groups/{group}", {"name": "Local", "parent_id": company.south_id})
        ring = admin.patch(f"/groups/{company.south_id}", {"parent_id": group})

        assert {"id": group, "name": "Local", "parent_id": company.south_id, "position": 0} == moved.body
        assert {"parent_id": "inside_itself"} == ring.codes
        assert 204 == admin.delete(f"/groups/{group}").status
        assert 422 == admin.delete(f"/groups/{company.south_id}").status
        assert 404 == admin.patch(f"/groups/{group}", {"name": "Nadie"}).status
        assert 403 == Caller(company.manager).delete(f"/groups/{company.south_id}").status
