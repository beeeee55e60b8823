"""What an administrator sets up by the API: people, accounts, modes, rules, tags, fields, settings, the portfolio."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from reparto.channels.models import Account
from reparto.kit.clock import now
from reparto.people.queries import find_person
from tests.cast import APP_SECRET, Cast, a_contact, a_phone, a_rule, a_whatsapp_account, an_email
from tests.road import a_text, deliver, work, write

from .caller import Caller

pytestmark = pytest.mark.django_db


def rule_body(*person_ids: int, **more: Any) -> dict[str, Any]:
    """Return a rule that deals to these people."""
    targets = [{"person_id": person_id} for person_id in person_ids]
    return {
        "description": "Repartir",
        "entity": "prospect",
        "trigger": "web_integration",
        "assign_to": targets,
    } | more


class TestPeople:
    def test_are_whole_to_whoever_leads_them(self, company: Cast, admin: Caller, alba: Caller) -> None:
        """INV-35: of a colleague an agent learns by API what pages show of them: no address, no grants, no limits."""
        bruno, carla = company.bruno.person_id, company.carla.person_id
        manager = Caller(company.manager)
        brief = {"id", "name", "group_id", "availability", "suspended_at"}

        assert brief == alba.get(f"/people/{bruno}").body.keys() == manager.get(f"/people/{carla}").body.keys()
        whole = [one for one in alba.get("/people").body["items"] if one.keys() > brief]
        assert [company.alba.person_id] == [one["id"] for one in whole]
        full = admin.get(f"/people/{bruno}").body
        assert full == manager.get(f"/people/{bruno}").body
        assert {"email", "grants", "capacity"} < full.keys()

    def test_are_added_and_changed_with_their_grants(self, company: Cast, admin: Caller) -> None:
        """AD-7: a new person receives nothing until somebody says so; a change counts the version up."""
        grants = [{"role": "agent", "group_id": company.north_id}]
        body = {"name": "Eva", "email": an_email("eva"), "group_id": company.north_id, "grants": grants}

        made = admin.post("/people", body).body
        changed = admin.patch(f"/people/{made['id']}", {"receives": True}, If_Match=f'"{made["version"]}"').body

        assert (False, grants) == (made["receives"], made["grants"])
        assert (True, made["version"] + 1) == (changed["receives"], changed["version"])
        assert 412 == admin.patch(f"/people/{made['id']}", {"name": "x"}, If_Match=f'"{made["version"]}"').status

    def test_who_comes_back_finds_what_waited(self, line: Account, company: Cast, admin: Caller, alba: Caller) -> None:
        """What was queued is theirs once somebody says that they are available."""
        path = f"/people/{company.alba.person_id}/availability"
        assert 200 == alba.put(path, {"status": "away", "reason": "comida"}).status
        a_rule(company.alba, admin=company.admin, if_nobody="wait")
        write(line, a_text(a_phone(), at=now()), at=now())
        waiting = admin.get("/contacts").body["items"][0]["waiting"]

        assert 200 == alba.put(path, {"status": "available"}).status
        work(company.organization_id, at=now())

        assert waiting["reason"]
        assert waiting["reason_text"]
        contact = admin.get("/contacts").body["items"][0]
        assert (company.alba.person_id, None) == (contact["owner_id"], contact["waiting"])

    def test_an_agent_declares_for_themself_only(self, company: Cast, alba: Caller, manager: Caller) -> None:
        """An agent says it of themself, a manager of their own people, nobody of another team's."""
        bruno, carla = company.bruno.person_id, company.carla.person_id

        assert 403 == alba.put(f"/people/{bruno}/availability", {"status": "away"}).status
        assert 200 == manager.put(f"/people/{bruno}/availability", {"status": "away"}).status
        assert 403 == manager.put(f"/people/{carla}/availability", {"status": "away"}).status
        assert "away" == find_person(bruno).availability


class TestGroups:
    def test_have_an_order_among_those_beside_them(self, company: Cast, admin: Caller, manager: Caller) -> None:
        """A group stands before or behind one beside it; beside no other, and only an administrator says so."""
        path = f"/groups/{company.south_id}"

        said = admin.patch(path, {"before_id": company.north_id})
        listed = {one["id"]: one["position"] for one in admin.get("/groups").body["items"]}

        assert (200, 1, 2) == (said.status, said.body["position"], listed[company.north_id])
        assert {"after_id": "not_beside"} == admin.patch(path, {"after_id": company.root_id}).codes
        assert 403 == manager.patch(path, {"after_id": company.north_id}).status


class TestAccounts:
    def test_never_tell_a_secret(self, company: Cast, admin: Caller) -> None:
        """INV-77: what was given as a secret comes back masked, in every answer, and a mask sent back changes nothing."""
        account = a_whatsapp_account(admin=company.admin, access_token="EAA-very-secret-token")

        listed = admin.get("/accounts")
        settings = listed.body["items"][0]["settings"]
        changed = admin.patch(f"/accounts/{account.pk}", {"name": "Otra", "settings": settings})

        for said in (listed, changed):
            assert b"very-secret" not in said.raw
            assert APP_SECRET.encode() not in said.raw
        assert 200 == deliver(account, b"{}").status

    def test_say_where_the_world_knocks(self, company: Cast, admin: Caller) -> None:
        """The hook's address is the installation's own, kind and key."""
        said = admin.post("/accounts", {"kind": "webform", "name": "Sitio", "group_id": company.root_id})

        assert f"http://127.0.0.1:8000/hooks/webform/{said.body['key']}" == said.body["hook_url"]

    def test_without_a_secret_are_not_made(self, company: Cast, admin: Caller) -> None:
        """INV-9: a WhatsApp account that could not tell a forgery is refused."""
        body = {"kind": "whatsapp", "name": "x", "group_id": company.root_id, "settings": {"phone_number_id": "1"}}

        assert {"settings.app_secret": "missing_secret"} == admin.post("/accounts", body).codes

    def test_have_modes_for_people(self, company: Cast, admin: Caller, web_form: Account) -> None:
        """A mode is set for one person on one account; either missing is 404."""
        path = f"/people/{company.alba.person_id}/accounts/{web_form.pk}"

        assert "auto" == admin.put(path, {"mode": "auto"}).body["mode"]
        assert 422 == admin.put(path, {"mode": "always"}).status
        assert 404 == admin.put(f"/people/{company.alba.person_id}/accounts/999999", {"mode": "auto"}).status
        assert 404 == admin.put(f"/people/999999/accounts/{web_form.pk}", {"mode": "auto"}).status


class TestRules:
    def test_are_added_ordered_changed_and_taken_out(self, company: Cast, admin: Caller) -> None:
        """UP-3, UP-4: the list keeps its order; each write answers with the rule as it then is."""
        one, two = (admin.post("/rules", rule_body(company.alba.person_id, description=name)).body for name in "ab")

        order = admin.put("/rules/order", {"ids": [two["id"], one["id"]]}).body["items"]
        paused = admin.patch(f"/rules/{one['id']}", {"active": False}, If_Match=f'"{one["version"]}"')
        stale = admin.patch(f"/rules/{one['id']}", {"active": True}, If_Match=f'"{one["version"]}"')

        assert [two["id"], one["id"]] == [rule["id"] for rule in order]
        assert (200, False, 412) == (paused.status, paused.body["active"], stale.status)
        assert {"ids": "not_all_rules"} == admin.put("/rules/order", {"ids": [one["id"]]}).codes
        assert 204 == admin.delete(f"/rules/{two['id']}").status
        assert [(one["id"], 1)] == [(rule["id"], rule["position"]) for rule in admin.get("/rules").body["items"]]

    def test_an_order_undoes_no_order_of_another(self, company: Cast, admin: Caller) -> None:
        """UP-3, INV-16: with `If-Match` the order of a list of before is 412 and told what changed since."""
        one, two = (
            admin.post("/rules", rule_body(company.alba.person_id, description=name)).body["id"] for name in "ab"
        )
        seen = f'"{admin.get("/rules").body["version"]}"'

        assert 3 == admin.put("/rules/order", {"ids": [two, one]}, If_Match=seen).body["version"]
        stale = admin.put("/rules/order", {"ids": [one, two]}, If_Match=seen)
        assert (412, "stale_version", 3) == (stale.status, stale.body["code"], stale.body["version"])
        assert [("moved", two, 1, 2)] == [
            tuple(change[name] for name in ("kind", "rule_id", "position", "former_position"))
            for change in stale.body["changes"]
        ]
        assert 412 == admin.put("/rules/order", {"ids": [one, two]}, If_Match='"nobodys"').status
        assert [two, one] == [rule["id"] for rule in admin.get("/rules").body["items"]]

    def test_that_cannot_work_are_refused(self, company: Cast, admin: Caller) -> None:
        """UP-4: unknown people, filters and templates are told with their places, all at once."""
        filters = {"all": [{"field": "no_such", "op": "is", "value": 1}]}

        said = admin.post("/rules", rule_body(999_999_999, filters=filters, template_id=5))

        assert {"assign_to[0].person_id", "template_id"} < said.codes.keys()
        assert any(path.startswith("filters") for path in said.codes)

    def test_are_seen_by_managers_and_written_by_administrators(self, manager: Caller, alba: Caller) -> None:
        """UP-1: a manager reads the rules, an agent does not, and neither writes."""
        assert [200, 403] == [caller.get("/rules").status for caller in (manager, alba)]
        assert [403, 403] == [caller.post("/rules", rule_body(1)).status for caller in (manager, alba)]


class TestTheRest:
    def test_tags_and_fields(self, admin: Caller) -> None:
        """A tag is one whatever its accents; a field has its key once."""
        first, again = (admin.post("/tags", {"name": name}).body for name in ("Camión", "camion"))
        field = {"key": "sector", "label": "Sector", "type": "choice", "choices": ["Minería"]}

        assert first == again
        assert 201 == admin.post("/fields", field).status
        assert {"key": "key_taken"} == admin.post("/fields", field).codes
        assert [field] == [{name: one[name] for name in field} for one in admin.get("/fields").body["items"]]

    def test_settings_of_the_inbox(self, admin: Caller, alba: Caller) -> None:
        """AC-5: off at first; an administrator turns it on, and everybody may read it."""
        preset = {"first_responder_owns": False, "agents_see": "group"}
        assert preset == alba.get("/settings/inbox").body
        changed = admin.patch("/settings/inbox", {"first_responder_owns": True})
        assert preset | {"first_responder_owns": True} == changed.body == alba.get("/settings/inbox").body

    @pytest.mark.parametrize(("seen", "found"), [("own", (404, 404)), ("group", (200, 404)), ("all", (200, 200))])
    def test_what_agents_see(
        self, company: Cast, admin: Caller, alba: Caller, seen: str, found: tuple[int, int]
    ) -> None:
        """LG, whose a contact is to see: only their own, their group's or all, by the setting; no other word is taken."""
        theirs = [a_contact(admin=company.admin, owner=one) for one in (company.bruno, company.carla)]
        assert {"agents_see": "unknown_choice"} == admin.patch("/settings/inbox", {"agents_see": "none"}).codes

        admin.patch("/settings/inbox", {"agents_see": seen})

        assert found == tuple(alba.get(f"/contacts/{one.pk}").status for one in theirs)
        assert found.count(200) == len(alba.get("/contacts").body["items"])

    def test_the_portfolio(self, company: Cast, admin: Caller, web_form: Account) -> None:
        """A client stands once in the list of an account, however the number is written."""
        body = {"account_id": web_form.pk, "identifier": "+57 300 123 4567", "primary_id": company.alba.person_id}

        made = admin.post("/direct-assignments", body)
        doubled = admin.post("/direct-assignments", body | {"identifier": "+573001234567"})

        assert 201 == made.status
        assert {"identifier": "duplicate"} == doubled.codes
        assert [made.body] == admin.get("/direct-assignments", account_id=web_form.pk).body["items"]
        assert 204 == admin.delete(f"/direct-assignments/{made.body['id']}").status
        assert 404 == admin.delete(f"/direct-assignments/{made.body['id']}").status

    def test_notifications_are_ones_own(self, company: Cast, admin: Caller, alba: Caller, bruno: Caller) -> None:
        """Whoever is told something reads it in their own centre, and nobody else does."""
        contact = admin.post("/contacts", {"name": "Rosa", "owner_id": company.alba.person_id}).body["id"]

        # Once the undo window of what told them has passed.
        with time_machine.travel(now() + timedelta(minutes=5), tick=False):
            told = [one["contact_id"] for one in alba.get("/notifications").body["items"]]
            others = bruno.get("/notifications").body["items"]

        assert ([contact], []) == (told, others)

    def test_quarantine_shows_what_was_not_understood(self, company: Cast, admin: Caller, line: Account) -> None:
        """INV-6: what was genuine but is not understood lies in sight of an administrator."""
        deliver(line, b'{"object": "something else"}')
        work(company.organization_id)

        (row,) = admin.get("/quarantine").body["items"]

        assert line.pk == row["account_id"]
        assert row["reason"]

    def test_a_method_that_is_not_answered_is_a_problem(self, admin: Caller) -> None:
        """405 says so as a problem, with the methods that are answered."""
        said = admin.delete("/me")

        assert (405, "method_not_allowed", "GET") == (said.status, said.body["code"], said.response["Allow"])


@pytest.fixture
def line(company: Cast) -> Account:
    """A WhatsApp number on which Alba receives."""
    return a_whatsapp_account(admin=company.admin, auto=(company.alba,))
