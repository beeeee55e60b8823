"""Simulations and drafts in the shadow by API: begun, followed, read, stopped, published; the administrator's alone."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.kit.clock import now
from reparto.people.edit_person import edit_person
from reparto.people.set_availability import set_availability
from reparto.reports.jobs import decide_in_the_shadow, simulate_until_done
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.queries import current_version_number, find_draft
from tests.api.caller import Caller
from tests.cast import Cast, a_company, a_contact, a_phone, a_rule, a_whatsapp_account
from tests.reports.checksums import checksums
from tests.road import a_text, write
from tests.rows.web_leads import a_body
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
#: What beginning, asking and working write of themselves.
OF_ITSELF = ("people_presence", "people_token", "kit_door", "kit_auditentry", "reports_simulation")


@pytest.fixture
def company() -> Cast:
    """A company whose only rule is for Alba; four people wrote to it in the last minutes."""
    company = a_company()
    a_rule(company.alba, admin=company.admin, description="Para Alba")
    account = a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))
    for person in (company.alba, company.bruno):
        set_availability(person.person_id, status="available", actor=person, at=now() - timedelta(minutes=5))
    for minutes in (4, 3, 2, 1):
        at = now() - timedelta(minutes=minutes)
        write(account, a_text(a_phone(), at=at), at=at)
    return company


def draft_of(company: Cast) -> int:
    """Write a draft by which Bruno gets everything; return its id."""
    draft = add_draft("Todo a Bruno", actor=company.admin, at=now())
    rule = draft.content[0] | {"assign_to": [{"person_id": company.bruno.person_id}]}
    return edit_draft(draft.pk, {"rules": [rule]}, actor=company.admin, at=now()).pk


def received(result: dict[str, Any], company: Cast) -> list[tuple[int, int]]:
    """Return what Alba and Bruno would have received, and what happened."""
    people = {one["person_id"]: (one["received"], one["happened"]) for one in result["people"]}
    return [people[person.person_id] for person in (company.alba, company.bruno)]


class TestSimulations:
    """BY-6."""

    def test_are_begun_followed_and_read(self, company: Cast) -> None:
        """BY-6: a draft's days in the background: progress like any job, then the figures; nothing else is written."""
        admin, draft = Caller(company.admin), draft_of(company)
        begun = admin.post("/rules/simulations", {"draft_id": draft})
        assert (201, "running", 0, 4) == (begun.status, *(begun.body[name] for name in ("state", "done", "total")))
        one = f"/rules/simulations/{begun.body['id']}"
        assert admin.get(one).body["result"] is None
        before = checksums(but=OF_ITSELF)
        simulate_until_done(company.organization_id)

        done = admin.get(one).body

        assert ("done", 4, "Todo a Bruno") == (done["state"], done["done"], done["name"])
        assert [(0, 4), (4, 0)] == received(done["result"], company)
        assert before == checksums(but=OF_ITSELF)
        assert [done["id"]] == [listed["id"] for listed in admin.get("/rules/simulations").body["items"]]

    def test_name_whoever_would_get_nothing(self, company: Cast) -> None:
        """BY-6: whoever a draft leaves out is named, with their capacity, in what is kept and in what is answered."""
        edit_person(company.alba.person_id, {"capacity": 7}, actor=company.admin, at=now())
        account = a_whatsapp_account(admin=company.admin, auto=(company.alba,), phone_number_id="9")
        write(account, a_text(a_phone(), at=now()), at=now())
        admin, draft = Caller(company.admin), draft_of(company)
        begun = admin.post("/rules/simulations", {"draft_id": draft}).body["id"]
        simulate_until_done(company.organization_id)

        for result in (
            admin.get(f"/rules/simulations/{begun}").body["result"],
            admin.post("/rules/preview", {"rules": [a_body(company.bruno)]}).body,
        ):
            people = {one["person_id"]: (one["name"], one["capacity"]) for one in result["people"]}
            assert ("Alba", 7) == people[company.alba.person_id]
            assert "Bruno" == people[company.bruno.person_id][0]

    def test_of_the_rules_in_force_keep_the_name_that_they_are_given(self, company: Cast) -> None:
        """BY-6: several of the same rules are told apart by name; each still says which version was in force."""
        admin = Caller(company.admin)
        begun = [admin.post("/rules/simulations", {"name": name}).body for name in ("Antes de Reyes", "")]
        shown = text(Visitor(company.admin).get("/reglas/simular"))

        assert [("Antes de Reyes", 1), ("", 1)] == [(one["name"], one["version"]) for one in begun]
        assert 1 == shown.count("Antes de Reyes")
        assert "Borrador «Antes de Reyes»" not in shown
        assert shown.count("Reglas vigentes · versión 1") == 2

    def test_are_stopped_and_refuse_what_makes_no_sense(self, company: Cast) -> None:
        """BY-6: a stopped one keeps no result; two kinds of rules at once, or a time that ends first, are faults."""
        admin = Caller(company.admin)
        one = f"/rules/simulations/{admin.post('/rules/simulations', {}).body['id']}"

        assert "stopped" == admin.post(f"{one}/stop").body["state"]
        simulate_until_done(company.organization_id)
        assert ("stopped", None) == tuple(admin.get(one).body[name] for name in ("state", "result"))
        twice = admin.post("/rules/simulations", {"draft_id": draft_of(company), "rules": []})
        late = admin.post("/rules/simulations", {"since": now().isoformat(), "until": "2020-01-01T00:00:00Z"})
        assert ({"rules": "needless"}, 422) == (twice.codes, late.status)
        assert 404 == Caller(a_company("Otra").admin).get(one).status
        assert 403 == Caller(company.manager).get(one).status


class TestShadows:
    """BY-7."""

    def test_a_draft_decides_beside_and_is_published(self, company: Cast) -> None:
        """BY-7: begun from a draft, its differences by contact and person; put in force it ends, and only as it was."""
        admin, draft = Caller(company.admin), draft_of(company)
        begun = admin.post("/rules/shadows", {"draft_id": draft})
        assert {"draft_id": "one_at_a_time"} == admin.post("/rules/shadows", {"draft_id": draft}).codes
        account = a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno), phone_number_id="9")
        write(account, a_text(a_phone(), at=now()), at=now() + timedelta(seconds=1))
        decide_in_the_shadow(company.organization_id)
        one = f"/rules/shadows/{begun.body['id']}"

        said = admin.get(one).body
        (apart,) = admin.get(f"{one}/differences", person_id=company.bruno.person_id).body["items"]

        assert ("running", 1, [(0, 1), (1, 0)]) == (
            said["state"],
            said["result"]["differing"],
            received(said["result"], company),
        )
        assert [company.bruno.person_id] == apart["would"]["person_ids"]
        assert [] == admin.get(f"{one}/differences", person_id=company.carla.person_id).body["items"]
        edit_draft(draft, {"name": "Otro", "rules": []}, actor=company.admin, at=now())
        assert (409, 1) == (admin.post(f"{one}/publish").status, current_version_number())
        assert "stopped" == admin.post(f"{one}/stop").body["state"]

        again = admin.post("/rules/shadows", {"draft_id": draft_of(company)}).body["id"]
        assert 404 == admin.post(f"/rules/shadows/{again + 1}/publish", {"most_moved": 0}).status
        assert (201, 2) == (admin.post(f"/rules/shadows/{again}/publish").status, current_version_number())
        assert "published" == admin.get(f"/rules/shadows/{again}").body["state"]

    def test_that_would_move_too_many_is_not_published(self, company: Cast) -> None:
        """UP-5, BY-7: whoever says how many contacts may go at once is refused more; nothing is published then."""
        admin, draft = Caller(company.admin), draft_of(company)
        late = {"trigger": "no_followup", "after": {"amount": 1, "unit": "hours", "clock": "calendar"}}
        rule = find_draft(draft).content[0] | late
        edit_draft(draft, {"rules": [rule]}, actor=company.admin, at=now())
        a_contact("Olvidada", admin=company.admin, owner=company.alba)
        shadow = admin.post("/rules/shadows", {"draft_id": draft}).body["id"]

        refused = admin.post(f"/rules/shadows/{shadow}/publish", {"most_moved": 0})

        assert (422, {"most_moved": "would_move"}, 1) == (refused.status, refused.codes, current_version_number())
        assert 201 == admin.post(f"/rules/shadows/{shadow}/publish", {"most_moved": 1_000}).status

    def test_that_waits_says_what_it_would_have_moved_and_when_it_looks(self, company: Cast) -> None:
        """BY-7, UP-5: what no sitting looked at is a difference, too; until when it has come, and when it looks next."""
        admin, draft = Caller(company.admin), draft_of(company)
        late = {"trigger": "no_followup", "after": {"amount": 1, "unit": "hours", "clock": "calendar"}}
        edit_draft(draft, {"rules": [find_draft(draft).content[0] | late]}, actor=company.admin, at=now())
        contact = a_contact("Olvidada", admin=company.admin, owner=company.alba)
        one = f"/rules/shadows/{admin.post('/rules/shadows', {'draft_id': draft}).body['id']}"
        assert None is admin.get(one).body["result"]

        decide_in_the_shadow(company.organization_id)

        said = admin.get(one).body
        (apart,) = admin.get(f"{one}/differences").body["items"]
        assert (contact.pk, [company.bruno.person_id]) == (apart["contact_id"], apart["would"]["person_ids"])
        assert "stays" == apart["happened"]["outcome"]
        assert (1, 0) == (said["result"]["differing"], said["result"]["sweeps"]["open"])
        assert said["begun_at"] < said["result"]["until"] < said["next_look_at"]
        assert None is admin.post(f"{one}/stop").body["next_look_at"]
