"""Drafts and versions of the rules through the API: the whole way from a copy to what is in force, and back."""

from typing import Any

import pytest

from reparto.rules.queries import all_rules
from tests.cast import Cast, a_rule

from .caller import Caller

pytestmark = pytest.mark.django_db

LIMA = {"all": [{"field": "city", "op": "is", "value": "Lima"}]}


def a_body(person_id: int, **more: Any) -> dict[str, Any]:
    """Return a rule as a program writes it."""
    base = {"description": "Lima", "entity": "prospect", "trigger": "web_integration", "filters": LIMA}
    return base | {"assign_to": [{"person_id": person_id}]} | more


class TestDrafts:
    def test_from_a_copy_to_what_is_in_force(self, company: Cast, admin: Caller) -> None:
        """BY-7: a draft copies the list, is changed with If-Match, compared, checked, and published as one version."""
        rule = a_rule(company.alba, admin=company.admin, description="Todos", if_nobody="wait")
        draft = admin.post("/rules/drafts", {"name": "Verano"}).body
        path = f"/rules/drafts/{draft['id']}"
        (copied,) = draft["rules"]
        copied.pop("position")
        behind = a_body(company.bruno.person_id)
        put = admin.put(path, {"rules": [copied, behind]}, if_match='"1"')

        assert (200, 2) == (put.status, put.body["version"])
        assert 412 == admin.patch(path, {"name": "Otra"}, if_match='"1"').status
        checked = admin.get(f"{path}/check").body
        assert [("rules[1]", "never_reached")] == [(one["path"], one["code"]) for one in checked["faults"]]
        refused = admin.post(f"{path}/publish")
        assert (422, {"rules[1]": "never_reached"}) == (refused.status, refused.codes)
        assert [rule.pk] == list(all_rules().values_list("pk", flat=True))

        turned = [one | {"id": one["id"]} for one in reversed(put.body["rules"])]
        admin.put(path, {"rules": [{k: v for k, v in one.items() if k != "position"} for one in turned]})
        (added,) = admin.get(f"{path}/changes").body["items"]
        published = admin.post(f"{path}/publish", {"base_version": 1}, if_match='"3"')
        assert ("added", 1, "Lima") == (added["kind"], added["position"], added["description"])
        assert (201, 2, 2, "Verano") == (
            published.status,
            *(published.body[name] for name in ("number", "rules", "note")),
        )
        assert ["Lima", "Todos"] == [one["description"] for one in admin.get("/rules").body["items"]]
        assert 404 == admin.get(path).status

    def test_somebody_published_meanwhile(self, company: Cast, admin: Caller) -> None:
        """INV-16: the answer is 412, names the version in force and says what changed; nothing is overwritten."""
        rule = a_rule(company.alba, admin=company.admin)
        path = f"/rules/drafts/{admin.post('/rules/drafts').body['id']}"
        admin.patch(f"/rules/{rule.pk}", {"tags": ["vip"]})

        stale = admin.post(f"{path}/publish")

        assert (412, "stale_version", 2) == (stale.status, stale.body["code"], stale.body["version"])
        (change,) = stale.body["changes"]
        assert ("changed", rule.pk, "tags", [], ["vip"]) == (
            *(change[name] for name in ("kind", "rule_id")),
            *(change["fields"][0][name] for name in ("field", "before", "after")),
        )
        assert "vip" in change["fields"][0]["message"]
        assert 422 == admin.patch(path, {"base_version": 1}).status
        assert 2 == admin.patch(path, {"base_version": 2}).body["base_version"]
        assert 201 == admin.post(f"{path}/publish").status

    def test_who_may(self, company: Cast, manager: Caller, admin: Caller, strangers: Cast) -> None:
        """UP-1: drafts are an administrator's; a manager may look at versions; strangers find nothing."""
        a_rule(company.alba, admin=company.admin)
        draft = admin.post("/rules/drafts").body
        stranger = Caller(strangers.admin)

        assert 403 == manager.get("/rules/drafts").status == manager.post("/rules/drafts").status
        assert 403 == manager.post("/rules/versions/1/restore").status
        assert 200 == manager.get("/rules/versions").status
        assert 404 == stranger.get(f"/rules/drafts/{draft['id']}").status == stranger.get("/rules/versions/1").status
        assert 204 == admin.delete(f"/rules/drafts/{draft['id']}").status


class TestVersions:
    def test_back_in_one_step(self, company: Cast, admin: Caller) -> None:
        """BY-7: versions are listed, read, compared in sentences, and one is put back by one request."""
        rule = a_rule(company.alba, admin=company.admin, description="Uno")
        admin.patch(f"/rules/{rule.pk}", {"strategy": "least_loaded", "active": False})
        admin.delete(f"/rules/{rule.pk}")

        (change,) = admin.get("/rules/versions/2/changes").body["items"]
        stale = admin.post("/rules/versions/2/restore", If_Match='"2"')
        restored = admin.post("/rules/versions/2/restore", If_Match='"3"')

        assert (412, 3, ["removed"]) == (
            stale.status,
            stale.body["version"],
            [one["kind"] for one in stale.body["changes"]],
        )
        assert {"strategy", "active"} == {one["field"] for one in change["fields"]}
        assert "En turnos" in str(change) or "Menor carga" in str(change)
        assert (201, 4, 2, 1, 0) == (
            restored.status,
            *(restored.body[name] for name in ("number", "restores", "rules", "active")),
        )
        assert [(rule.pk, False)] == [(one["id"], one["active"]) for one in admin.get("/rules").body["items"]]
        assert [4, 3, 2, 1] == [one["number"] for one in admin.get("/rules/versions").body["items"]]
        held = [admin.get(f"/rules/versions/{number}").body["rules"] for number in (2, 4)]
        assert held[0] == held[1]
        assert [] == admin.get("/rules/versions/4/changes", since=2).body["items"]

    def test_a_copy(self, company: Cast, admin: Caller, manager: Caller) -> None:
        """UP-3: a rule is copied behind itself, paused."""
        rule = a_rule(company.alba, admin=company.admin, description="Uno")

        assert 412 == admin.post(f"/rules/{rule.pk}/duplicate", if_match='"7"').status
        copy = admin.post(f"/rules/{rule.pk}/duplicate")

        assert (201, 2, False) == (copy.status, copy.body["position"], copy.body["active"])
        assert 403 == manager.post(f"/rules/{rule.pk}/duplicate").status
