"""BY-8: a write that puts rules in force at once is refused for what would keep a draft from being published."""

from time import process_time
from typing import Any

import pytest

from reparto.people.edit_person import edit_person
from reparto.rules.models import Rule, RuleSetVersion
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
NOBODY = {"field": "conversations", "op": "<", "value": 0}


def of_place(place: int) -> dict[str, Any]:
    """Return a filter of several questions that meets those of all other places."""
    ours = [{"field": "tags", "op": "has", "value": f"t{place}"}, {"field": "sellers", "op": ">=", "value": place}]
    country = {"field": "country", "op": "in", "value": ["MX", "CO", "CL"]}
    return {"all": [country, {"any": ours}, {"not": {"field": "email", "op": "empty"}}]}


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def body(company: Cast, **more: Any) -> dict[str, Any]:
    """Return a rule for Alba."""
    to = [{"person_id": company.alba.person_id}]
    return {"description": "R", "entity": "prospect", "trigger": "web_integration", "assign_to": to} | more


class TestByApi:
    def test_all_at_once_at_their_places(self, company: Cast) -> None:
        """BY-8: POST and PATCH name every fault of the rule and publish nothing; a paused one may be written down."""
        admin = Caller(company.admin)
        lame = [{"person_id": company.alba.person_id, "weight": 0}]
        wrong = {"filters": {"any": []}, "strategy": "weighted", "assign_to": lame}
        refused = admin.post("/rules", body(company, **wrong))
        assert (422, {"filters": "never_true", "assign_to": "no_weight"}) == (refused.status, refused.codes)
        no_sales = {"trigger": "no_sales", "after": {"amount": 3, "unit": "months"}}
        assert {"entity": "needs_clients"} == admin.post("/rules", body(company, **no_sales)).codes
        assert (0, 0) == (Rule.objects.count(), RuleSetVersion.objects.count())

        paused = admin.post("/rules", body(company, active=False, **wrong)).body["id"]
        switched = admin.patch(f"/rules/{paused}", {"active": True})
        assert {"filters": "never_true", "assign_to": "no_weight"} == switched.codes
        assert 1 == RuleSetVersion.objects.count()

    def test_what_never_comes_back(self, company: Cast) -> None:
        """BY-8: a window that ends after a date that is over, and an executive who does not exist, hold for nobody."""
        last = {"field": "created", "op": "last", "value": {"amount": 1, "unit": "days"}}
        old = {"field": "created", "op": "<", "value": "2020-01-01T00:00:00Z"}
        for nobody in ({"all": [last, old]}, {"field": "owner", "op": "is", "value": 999_999}):
            assert {"filters": "never_true"} == Caller(company.admin).post(
                "/rules", body(company, filters=nobody)
            ).codes

    def test_what_it_does_to_other_rules(self, company: Cast) -> None:
        """BY-8: an order, or an edit, by which another rule would never be reached is refused, and names that rule."""
        admin = Caller(company.admin)
        city = {"field": "city", "op": "is", "value": "Lima"}
        narrow, wide = (admin.post("/rules", body(company, filters=one)).body["id"] for one in (city, {}))
        assert 200 == admin.patch(f"/rules/{wide}", {"if_nobody": "wait"}).status
        assert {"rules[1]": "never_reached"} == admin.put("/rules/order", {"ids": [wide, narrow]}).codes
        assert {"filters": "never_reached"} == admin.post("/rules", body(company, filters=city)).codes
        assert [narrow, wide] == list(Rule.objects.order_by("position").values_list("pk", flat=True))

    def test_what_stood_there_is_in_nobodys_way(self, company: Cast) -> None:
        """BY-8: a rule whose people are gone since does not keep the others from being written, nor paused itself."""
        admin = Caller(company.admin)
        lame = [{"person_id": company.alba.person_id, "weight": 0}, {"person_id": company.bruno.person_id}]
        stale = admin.post("/rules", body(company, strategy="weighted", assign_to=lame)).body["id"]
        edit_person(company.bruno.person_id, {"receives": False}, actor=company.admin, at=AT)

        assert 201 == admin.post("/rules", body(company)).status
        assert 200 == admin.patch(f"/rules/{stale}", {"description": "Otro"}).status
        assert 200 == admin.patch(f"/rules/{stale}", {"active": False}).status
        assert {"assign_to": "no_weight"} == admin.patch(f"/rules/{stale}", {"active": True}).codes


class TestAFullList:
    """A list may have 200 rules, in force as in a draft: the check is done while nobody is given anything (INV-14)."""

    @pytest.fixture
    def full(self, company: Cast) -> list[Rule]:
        """Two hundred rules that ask for much the same and wait."""
        to = [{"person_id": company.alba.person_id}]
        same = {"organization_id": company.admin.organization_id, "entity": "prospect", "trigger": "web_integration"}
        return Rule.objects.bulk_create(
            Rule(
                description=f"R{place}", position=place, assign_to=to, filters=of_place(place), if_nobody="wait", **same
            )
            for place in range(1, 201)
        )

    def test_takes_no_more(self, company: Cast, full: list[Rule]) -> None:
        """POST and the copy of a rule are refused, the page says it, and what is there may be changed."""
        admin = Caller(company.admin)
        assert {"rules": "too_many"} == admin.post("/rules", body(company)).codes
        assert {"rules": "too_many"} == admin.post(f"/rules/{full[0].pk}/duplicate").codes
        form = a_form(company.alba, trigger="web_integration", tags="")
        assert "como máximo 200 reglas" in text(Visitor(company.admin).post("/reglas/nueva", **form))
        assert 422 == Visitor(company.admin).by_htmx.post(f"/reglas/{full[0].pk}/duplicar").status_code
        assert (200, 0) == (Rule.objects.count(), RuleSetVersion.objects.count())

        assert 204 == admin.send("DELETE", f"/rules/{full[0].pk}").status
        assert 201 == admin.post("/rules", body(company)).status

    def test_is_soon_checked(self, company: Cast, full: list[Rule]) -> None:
        """A change of one of 200 rules takes processor time of seconds at most, not of half a minute."""
        began = process_time()
        assert 200 == Caller(company.admin).patch(f"/rules/{full[99].pk}", {"description": "Otra"}).status
        assert 5 > process_time() - began


class TestByPage:
    def test_the_editor_and_the_switch_say_why(self, company: Cast) -> None:
        """BY-8: the editor keeps what was typed and says what is wrong; the switch of a card says it, too."""
        admin = Visitor(company.admin)
        form = a_form(company.alba, trigger="no_sales", amount="3", unit="months", clock="calendar", tags="")
        refused = admin.post("/reglas/nueva", **form)
        assert (422, 0) == (refused.status_code, Rule.objects.count())
        assert "Solo los clientes compran" in text(refused)

        rule = cast.a_rule(company.alba, admin=company.admin, filters=NOBODY, active=False)
        switched = admin.by_htmx.post(f"/reglas/{rule.pk}/activa", set="on")
        assert 422 == switched.status_code
        assert not Rule.objects.get().active
