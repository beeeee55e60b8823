"""The pages of the rules: who sees them, what saving does, what is kept when something is wrong."""

import re
from typing import Any

import pytest
from django.test import Client

from reparto.assignment.models import Waiting
from reparto.kit.models import Organization
from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from reparto.rules.models import Rule, RuleSetVersion
from reparto.rules.queries import all_rules
from tests import cast
from tests.cast import Cast
from tests.road import a_text, write
from tests.web.rule_editor import a_form, tokens_of
from tests.web.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


def a_browser(actor: Actor) -> Client:
    """Return a browser in which somebody is signed in."""
    return Visitor(actor).client


def ids(company: Cast) -> list[int]:
    """Return the rules in their order."""
    enter_organization(company.organization_id)
    return [rule.pk for rule in all_rules()]


class TestWhoMay:
    """Only an administrator changes rules (UP-1)."""

    def test_an_agent_sees_none(self, company: Cast) -> None:
        """An agent may not open the list, and it is not in their sidebar."""
        browser = a_browser(company.alba)

        assert 403 == browser.get("/reglas").status_code
        assert "/reglas" not in browser.get("/perfil").content.decode()

    def test_a_manager_looks(self, company: Cast) -> None:
        """A manager sees list and rule, cannot change them, and a forged form changes nothing."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        browser = a_browser(company.manager)
        page = browser.get(f"/reglas/{rule.pk}").content.decode()

        assert "Repartir" in page
        assert "disabled" in page
        assert 403 == browser.post(f"/reglas/{rule.pk}", a_form(company.bruno)).status_code
        assert 403 == browser.get("/reglas/nueva").status_code
        assert 403 == browser.post("/reglas/orden", {"move": f"{rule.pk}:up"}).status_code
        assert 403 == browser.post(f"/reglas/{rule.pk}/eliminar").status_code
        assert 403 == browser.post(f"/reglas/{rule.pk}/activa", {"set": "off"}).status_code
        enter_organization(company.organization_id)
        assert 1 == RuleSetVersion.objects.count()

    def test_a_stranger_gets_404(self, company: Cast) -> None:
        """Another company's rule and one that never was are the same nothing."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        browser = a_browser(cast.a_stranger().admin)

        for path in ("", "/eliminar"):
            theirs, nothing = browser.get(f"/reglas/{rule.pk}{path}"), browser.get(f"/reglas/999999999{path}")
            assert (404, 404) == (theirs.status_code, nothing.status_code)
        assert 404 == browser.post(f"/reglas/{rule.pk}", a_form(company.alba)).status_code
        assert 404 == browser.post(f"/reglas/{rule.pk}/eliminar").status_code
        assert 404 == browser.post(f"/reglas/{rule.pk}/activa", {"set": "off"}).status_code

    def test_signed_out(self) -> None:
        """Whoever is not signed in is asked to."""
        answer = Client().get("/reglas")

        assert answer.headers["Location"].startswith("/entrar/")


class TestSaving:
    """What *Save rule* does."""

    def test_a_new_rule_is_in_force(self, company: Cast) -> None:
        """A saved rule stands at the end of the list with all that was written, in a new version."""
        answer = a_browser(company.admin).post("/reglas/nueva", a_form(company.bruno, company.alba))

        enter_organization(company.organization_id)
        (rule,) = all_rules()
        assert f"/reglas/{rule.pk}" == answer.headers["Location"]
        assert ["Web", "Norte"] == rule.tags
        assert [company.bruno.person_id, company.alba.person_id] == [target["person_id"] for target in rule.assign_to]
        assert 1 == RuleSetVersion.objects.get().number

    def test_a_composed_filter_comes_back_as_it_was(self, company: Cast) -> None:
        """All, any and not, with every kind of value, survive being opened and saved again."""
        stored = {
            "all": [
                {"field": "country", "op": "in", "value": ["MX", "CO"]},
                {
                    "any": [
                        {"field": "tags", "op": "has", "value": "flota"},
                        {"field": "sellers", "op": ">=", "value": 5},
                    ]
                },
                {"not": {"any": [{"field": "email", "op": "empty"}]}},
                {"field": "created", "op": "last", "value": {"amount": 3, "unit": "days"}},
                {"field": "sellers", "op": "between", "value": [1, 2.5]},
                {"field": "owner", "op": "in", "value": [company.alba.person_id]},
                {"field": "tags", "op": "has_any", "value": ["Grupo A, S.A.", 'de "oro"']},
                {"field": "comment", "op": "is", "value": "2026-11-22T09:00:00+00:00"},
                {"any": []},
            ]
        }
        rule = cast.a_rule(company.alba, admin=company.admin)
        # Nobody meets it: only what stood there before is kept so.
        Rule.objects.filter(pk=rule.pk).update(filters=stored)
        browser = a_browser(company.admin)
        page = browser.get(f"/reglas/{rule.pk}").content.decode()
        answer = browser.post(f"/reglas/{rule.pk}", a_form(company.alba, f=tokens_of(page)))

        assert 302 == answer.status_code
        enter_organization(company.organization_id)
        assert stored == Rule.objects.get(pk=rule.pk).filters

    def test_all_faults_beside_their_fields(self, company: Cast) -> None:
        """Everything that is wrong is said at once, nothing is saved, and what was typed is still there."""
        wrong = a_form(
            description="", to=[], f=["·(", "all", "·?", "sellers", ">=", "muchos", "·;", "·)"], tags="x" * 200
        )
        answer = a_browser(company.admin).post("/reglas/nueva", wrong)
        page = answer.content.decode()

        assert 422 == answer.status_code
        assert 4 == page.count('class="fault')
        assert 'value="muchos"' in page
        assert [] == ids(company)

    def test_waiting_work_is_judged_again(self, company: Cast) -> None:
        """What no rule spoke for becomes due when one is saved."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        write(account, a_text(cast.a_phone()))
        assert Waiting.objects.get().due_at is None
        a_browser(company.admin).post("/reglas/nueva", a_form(company.alba))

        enter_organization(company.organization_id)
        assert Waiting.objects.get().due_at is not None

    def test_the_basic_edition(self, company: Cast) -> None:
        """A basic company is shown the other criteria, disabled and with the reason (UP-2)."""
        Organization.objects.update(edition="basic")
        browser = a_browser(company.admin)
        page = browser.get("/reglas/nueva").content.decode()
        refused = browser.post("/reglas/nueva", a_form(company.alba, strategy="least_loaded"))

        assert 4 == len(re.findall(r'name="strategy"[^>]* disabled', page))
        assert 422 == refused.status_code


class TestList:
    """Order, switch and deletion, by plain forms too."""

    def test_order(self, company: Cast) -> None:
        """The whole order, or one step of one rule, is stored and in force (UP-3)."""
        one, two = (cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in ("A", "B"))
        browser = a_browser(company.admin)
        browser.post("/reglas/orden", {"order": [two, one]})
        assert [two, one] == ids(company)
        browser.post("/reglas/orden", {"order": [two, one], "move": f"{one}:up"})

        assert [one, two] == ids(company)

    def test_an_order_that_lacks_a_rule(self, company: Cast) -> None:
        """A page that does not know of a new rule cannot reorder without it."""
        one, two = (cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in ("A", "B"))
        answer = a_browser(company.admin).post("/reglas/orden", {"order": [two]}, headers={"HX-Request": "true"})

        assert 409 == answer.status_code
        assert [one, two] == ids(company)

    def test_switch(self, company: Cast) -> None:
        """The switch pauses and activates; its undo names the state to go back to."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        browser = a_browser(company.admin)
        answer = browser.post(f"/reglas/{rule.pk}/activa", {}, headers={"HX-Request": "true"})

        enter_organization(company.organization_id)
        assert not Rule.objects.get().active
        browser.post(re.search(r'"undo": "([^"]+)"', answer.headers["HX-Trigger"])[1])  # type: ignore[index]
        enter_organization(company.organization_id)
        assert Rule.objects.get().active

    def test_deletion_is_asked(self, company: Cast) -> None:
        """Looking at the question deletes nothing; the answer does."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        browser = a_browser(company.admin)

        assert "Repartir" in browser.get(f"/reglas/{rule.pk}/eliminar").content.decode()
        assert [rule.pk] == ids(company)
        browser.post(f"/reglas/{rule.pk}/eliminar")
        assert [] == ids(company)

    def test_a_fixed_number_of_queries(self, company: Cast, django_assert_max_num_queries: Any) -> None:
        """Ten rules cost as many queries as one."""
        for name in "ABCDEFGHIJ":
            cast.a_rule(
                company.alba,
                admin=company.admin,
                description=name,
                filters={"field": "city", "op": "is", "value": name},
            )
        browser = a_browser(company.admin)

        with django_assert_max_num_queries(45):
            browser.get("/reglas")
