"""¿Por qué? says the same ever after, whatever rules and people became since (UX-21)."""

import pytest

from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.models import Decision
from reparto.kit.tenancy import enter_organization
from reparto.people.set_availability import set_availability
from reparto.rules.add_rule import add_rule
from reparto.rules.edit_rule import edit_rule
from reparto.rules.queries import all_rules
from reparto.rules.rule_draft import RuleDraft
from tests.cast import AT, Cast, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def by_rule(cast: Cast) -> Decision:
    """Let a WhatsApp contact arrive and be given by the second of two rules; Bruno is away."""
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
    set_availability(cast.bruno.person_id, status="away", actor=cast.bruno, at=AT)
    people = ({"person_id": cast.bruno.person_id}, {"person_id": cast.alba.person_id})
    vip = {"all": [{"field": "name", "op": "contains", "value": "vip"}]}
    here = {"all": [{"field": "account", "op": "is", "value": account.pk}]}
    add_rule(RuleDraft("Solo VIP", people, filters=vip), actor=cast.admin, at=AT)
    add_rule(RuleDraft("WhatsApp Norte", people, filters=here), actor=cast.admin, at=AT)
    write(account, a_text(a_phone()))
    enter_organization(cast.organization_id)
    return Decision.objects.get()


class TestADecisionByRule:
    def test_has_its_four_blocks(self, cast: Cast) -> None:
        """Who and when, the rule with its conditions, the rules before it, and who was passed over and why."""
        decision = by_rule(cast)
        shown = text(Visitor(cast.manager).get(f"/decisiones/{decision.pk}"))

        assert "Alba" in shown
        assert "WhatsApp Norte" in shown
        assert "Cuenta es Cuenta whatsapp" in shown
        assert "Solo VIP: no se cumple: Nombre contiene vip" in shown
        assert "Bruno: Está ausente." in shown

    def test_says_the_same_after_the_rule_was_edited(self, cast: Cast) -> None:
        """The text comes from what was stored with the decision."""
        decision = by_rule(cast)
        before = describe_decision(decision)
        for rule in all_rules():
            edit_rule(rule.pk, {"description": "Otra", "filters": {}, "active": False}, actor=cast.admin, at=AT)

        assert before == describe_decision(decision)

    def test_leads_to_its_version(self, cast: Cast) -> None:
        """INV-14: it names the version that decided and leads to it as it was, whatever the rules are by now."""
        decision = by_rule(cast)
        for rule in all_rules():
            edit_rule(rule.pk, {"description": "Otra"}, actor=cast.admin, at=AT)
        manager = Visitor(cast.manager)

        assert f'href="/reglas/versiones/{decision.rule_version}"' in text(manager.get(f"/decisiones/{decision.pk}"))
        assert "WhatsApp Norte" in text(manager.get(f"/reglas/versiones/{decision.rule_version}"))

    def test_is_a_popover_beside_the_contact(self, cast: Cast) -> None:
        """The row's ¿Por qué? answers the last decision, as a fragment."""
        decision = by_rule(cast)
        shown = text(Visitor(cast.manager).by_htmx.get(f"/contactos/{decision.contact_id}/por-que"))

        assert "<html" not in shown
        assert "WhatsApp Norte" in shown

    def test_is_nobodys_who_may_not_see_the_contact(self, cast: Cast) -> None:
        """Carla of another group finds no such decision."""
        decision = by_rule(cast)

        assert 404 == Visitor(cast.carla).get(f"/decisiones/{decision.pk}").status_code


class TestADecisionByHand:
    def test_names_who_did_it(self, cast: Cast) -> None:
        """By hand, by whom, to whom."""
        contact = a_contact("Dada", by=cast.admin, owner=cast.alba)
        card = describe_decision(Decision.objects.get(contact=contact))

        assert cast.alba.person_id == (card.person and card.person.pk)
        assert "Ada" in card.route_label


class TestNoDecision:
    def test_explains_itself_too(self, cast: Cast) -> None:
        """A contact that nobody ever decided about says why it is free."""
        contact = a_contact("Libre", by=cast.admin)

        assert 200 == Visitor(cast.alba).get(f"/contactos/{contact.pk}/por-que").status_code
        assert "user-x" in text(Visitor(cast.alba).by_htmx.get(f"/contactos/{contact.pk}/por-que"))
