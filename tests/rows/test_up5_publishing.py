"""UP-5: whoever puts rules that wait in force is shown first how many contacts they move at once, and says yes."""

from typing import Any

import pytest

from reparto.contacts.models import Contact
from reparto.kit.clock import now
from reparto.kit.tenancy import enter_organization
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.models import Rule
from reparto.rules.queries import current_version_number
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast
from tests.rows.late import DAY, a_contact, a_rule, sweep
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text, toast

pytestmark = pytest.mark.django_db
QUESTION = "movería 3 de 4 contactos a la vez (75"


@pytest.fixture
def company(db: None) -> Cast:
    """A company in which nobody has followed up three of Alba's contacts for days; a fourth came just now."""
    company = cast.a_company()
    for _ in range(3):
        a_contact(company)
    Contact.objects.filter(pk=a_contact(company).pk).update(last_follow_up_at=now())
    return company


@pytest.fixture
def admin(company: Cast) -> Visitor:
    """The administrator's browser."""
    return Visitor(company.admin)


def form(company: Cast, **more: Any) -> dict[str, Any]:
    """Return what the editor sends for a rule that waits for a day."""
    return a_form(company.bruno, trigger="no_followup", amount="1", unit="days", clock="calendar", tags="") | more


def in_force(company: Cast) -> int:
    """Return the number of the version in force."""
    enter_organization(company.organization_id)
    return current_version_number()


class TestOneRule:
    def test_is_saved_after_a_yes(self, company: Cast, admin: Visitor) -> None:
        """UP-5: the editor names how many of how many, and whose rule; a yes to fewer is none; what it says is asked once."""
        asked = [admin.post("/reglas/nueva", **form(company, **yes)) for yes in ({}, {"moves": "0"})]
        assert [409, 409] == [answer.status_code for answer in asked]
        assert QUESTION in (page := text(asked[0]))
        assert 'name="moves" value="3"' in page
        assert 0 == in_force(company)

        assert 302 == admin.post("/reglas/nueva", **form(company, moves="3")).status_code
        rule = Rule.objects.get()
        renamed = form(company, description="Otro nombre", version=str(rule.version))
        assert 302 == admin.post(f"/reglas/{rule.pk}", **renamed).status_code
        assert 2 == in_force(company)

    def test_is_switched_on_where_it_asks(self, company: Cast, admin: Visitor) -> None:
        """UP-5: the switch of a card, and going back to a version, refuse and say where it is asked."""
        rule = a_rule(company, company.bruno, after="1 days")
        url = f"/reglas/{rule.pk}/activa"
        admin.post(url, set="off")
        sweep(company, at=now())

        switched = admin.by_htmx.post(url, set="on")
        restored = admin.by_htmx.post("/reglas/versiones/1/volver")

        assert [409, 409] == [switched.status_code, restored.status_code]
        assert all("3 de 4 contactos" in toast(answer)["text"] for answer in (switched, restored))
        assert QUESTION in text(admin.get("/reglas/versiones/1"))
        assert 2 == in_force(company)
        assert 302 == admin.post("/reglas/versiones/1/volver", moves="3").status_code
        assert 3 == in_force(company)

    def test_kept_from_before_is_asked_about_with_the_next_change(self, company: Cast, admin: Visitor) -> None:
        """UP-5: a rule for which nobody looks yet would begin to act, whatever else is saved."""
        a_rule(company, company.bruno, after="1 days")

        assert 409 == admin.post("/reglas/nueva", **a_form(company.carla, tags="")).status_code

    def test_that_moves_nobody_is_asked_nothing(self, company: Cast, admin: Visitor) -> None:
        """UP-5: a rule whose time nobody has let pass, or a paused one, is saved at once."""
        assert 302 == admin.post("/reglas/nueva", **form(company, amount="90")).status_code
        paused = {name: value for name, value in form(company).items() if name != "active"}
        assert 302 == admin.post("/reglas/nueva", **paused).status_code


class TestByApi:
    def test_a_single_write_moves_no_more_than_it_may(self, company: Cast) -> None:
        """UP-5: adding, editing, ordering and going back are refused where they would move more than `most_moved`."""
        admin, to = Caller(company.admin), [{"person_id": company.bruno.person_id}]
        body: dict[str, Any] = {"description": "R", "entity": "prospect", "trigger": "no_followup", "assign_to": to}
        soon, late = ({"after": {"amount": number, "unit": "days"}} for number in (1, 90))
        would = {"most_moved": "would_move"}

        assert would == admin.post("/rules", body | soon | {"most_moved": 2}).codes
        assert 0 == in_force(company)
        rule = admin.post("/rules", body | late | {"most_moved": 0}).body["id"]
        sweep(company, at=now())
        assert would == admin.patch(f"/rules/{rule}", soon | {"most_moved": 2}).codes
        assert 200 == admin.patch(f"/rules/{rule}", soon | {"most_moved": 3}).status
        assert 200 == admin.patch(f"/rules/{rule}", late).status
        assert would == admin.post("/rules/versions/2/restore", {"most_moved": 2}).codes
        assert 3 == in_force(company)
        assert 200 == admin.put("/rules/order", {"ids": [rule], "most_moved": 0}).status


class TestADraft:
    def test_is_published_after_a_yes(self, company: Cast, admin: Visitor) -> None:
        """BY-8, UP-5: its check names the number by page and API; without a yes nothing is published."""
        draft = add_draft("Rescate", actor=company.admin, at=AT)
        to = [{"person_id": company.bruno.person_id}]
        rule: dict[str, Any] = {
            "description": "Rescatar",
            "entity": "prospect",
            "trigger": "no_followup",
            "assign_to": to,
        }
        rule |= {"after": {"amount": 1, "unit": "days"}}
        version = edit_draft(draft.pk, {"rules": [rule]}, actor=company.admin, at=AT).version
        program, path = Caller(company.admin), f"/reglas/borradores/{draft.pk}"
        seen = {"version": str(version), "over": "0"}

        assert QUESTION in text(admin.get(path))
        assert 409 == admin.post(f"{path}/publicar", **seen).status_code
        moves = program.get(f"/rules/drafts/{draft.pk}/check").body["moves"]
        refused = program.post(f"/rules/drafts/{draft.pk}/publish", {"most_moved": 2})
        assert (3, 4, {"most_moved": "would_move"}) == (moves["found"], moves["of_all"], refused.codes)
        assert 0 == in_force(company)
        assert 302 == admin.post(f"{path}/publicar", **seen, moves="3").status_code
        assert 3 == sweep(company, at=now() + DAY / 24)
