"""The edition of a company is a setting of the installation; no rule decides by what it does not have (UP-2)."""

import pytest

from reparto.assignment.change_edition import change_edition
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.kit.organizations import this_organization
from reparto.kit.tenancy import enter_organization
from reparto.people.enter_company import UnknownCompany
from reparto.people.queries import find_person
from reparto.rules.add_draft import add_draft
from reparto.rules.choose_edition import NeedsPro
from reparto.rules.queries import all_rules, current_rule_set, find_version
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company of the pro edition: rules in turn, by close rate, and a paused one by weight."""
    company = cast.a_company()
    cast.a_rule(company.alba, admin=company.admin, description="Uno")
    cast.a_rule(company.bruno, admin=company.admin, description="Dos", strategy="close_rate")
    cast.a_rule(company.alba, admin=company.admin, description="Tres", strategy="weighted", active=False)
    return company


def change(company: Cast, edition: str, *, in_turn: bool = False) -> tuple[str, ...]:
    """Change the edition as its command does; return the rules that choose in turn from then on."""
    enter_organization(company.organization_id)
    email = find_person(company.admin.person_id).email
    try:
        return change_edition(edition, email=email, in_turn=in_turn, at=AT).in_turn
    finally:
        enter_organization(company.organization_id)


class TestAnEdition:
    def test_without_what_rules_choose_by_is_refused_or_lets_them_choose_in_turn(self, company: Cast) -> None:
        """UP-2: first the rules are named and nothing changes; told to, they choose in turn, in a version that says so."""
        with pytest.raises(NeedsPro) as refused:
            change(company, "basic")
        assert ["Dos", "Tres"] == [rule.description for rule in refused.value.rules]
        assert ("pro", 3) == (this_organization().edition, current_rule_set().version)

        assert ("Dos", "Tres") == change(company, "basic", in_turn=True)
        assert "basic" == this_organization().edition
        decided = current_rule_set()
        assert (4, {"round_robin"}) == (decided.version, {rule.strategy for rule in decided.rules})
        assert [1, 2, 2] == list(all_rules().values_list("version", flat=True))
        kept = AuditEntry.objects.order_by("-id").values_list("action", "actor_id")[:3]
        assert [("rule.edit", None), ("rule.edit", None), ("company.edition", None)] == list(kept)
        assert find_version(4).publisher is None
        page = Visitor(company.admin)
        assert "Criterio: Revólver (antes: Porcentaje de cierre)" in text(page.get("/reglas/versiones/4"))
        assert "Edición básica" in text(page.get("/ajustes"))

    def test_that_has_more_changes_no_rule(self, company: Cast) -> None:
        """UP-2: with *pro* every criterion is offered again; the same edition again is nothing."""
        change(company, "basic", in_turn=True)

        assert () == change(company, "pro") == change(company, "pro")
        assert ("pro", 4) == (this_organization().edition, current_rule_set().version)
        assert "Edición pro" in text(Visitor(company.admin).get("/ajustes"))

    def test_that_a_draft_asks_too_much_of_is_said_beside_its_rule(self, company: Cast) -> None:
        """UP-2, BY-8: a draft of before names the rule that the edition does not allow, by page and API."""
        draft = add_draft("", actor=company.admin, at=AT).pk
        change(company, "basic", in_turn=True)

        page = text(Visitor(company.admin).get(f"/reglas/borradores/{draft}"))
        assert "2 · Dos</bdi></a>: Este criterio es de la edición pro." in page
        assert 'class="btn pri" disabled' in page
        faults = Caller(company.admin).get(f"/rules/drafts/{draft}/check").body["faults"]
        assert [("rules[1].strategy", "needs_pro"), ("rules[2].strategy", "needs_pro")] == [
            (one["path"], one["code"]) for one in faults
        ]

    def test_of_nobodys_company_and_none_that_there_is_are_refused(self, company: Cast) -> None:
        """The command names a company by somebody's e-mail, and one of two editions."""
        with pytest.raises(UnknownCompany):
            change_edition("basic", email="nadie@example.com", at=AT)
        with pytest.raises(Invalid):
            change(company, "gold")
