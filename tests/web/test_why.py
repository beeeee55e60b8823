"""¿Por qué? says the same ever after, whatever rules and people became since (UX-21)."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.explain_decision import explain
from reparto.assignment.models import Decision
from reparto.channels.edit_account import edit_account
from reparto.channels.models import Account
from reparto.channels.queries import all_accounts
from reparto.contacts.models import Contact
from reparto.kit.tenancy import enter_organization
from reparto.people.edit_person import edit_person
from reparto.people.rename_group import rename_group
from reparto.people.set_availability import set_availability
from reparto.rules.add_rule import add_rule
from reparto.rules.delete_rule import delete_rule
from reparto.rules.edit_rule import edit_rule
from reparto.rules.queries import all_rules
from reparto.rules.rule_draft import RuleDraft
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.reports.busy_day import MANY, a_busy_day
from tests.road import a_text, write
from tests.rows.web_leads import a_web_form, fill_in
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text

#: A face is of today: the letters of a name as it is now.
FACE = re.compile(r'<span class="av .*?</span>')
#: While the rule is there.
WAY = re.compile(r'<a class="btn gh sm" href="/reglas/\d+">[^<]*</a>')


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
        assert "<bdi>Bruno</bdi>: Está ausente." in shown

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

    def test_leads_to_no_rule_that_is_gone(self, cast: Cast) -> None:
        """INV-14: of a rule that was deleted since, the way to its version is left, and none to a page that is not there."""
        decision = by_rule(cast)
        way, version = f'href="/reglas/{decision.rule_id}"', f'href="/reglas/versiones/{decision.rule_version}"'
        admin = Visitor(cast.admin)
        assert way in text(admin.get(f"/decisiones/{decision.pk}"))
        delete_rule(decision.rule_id or 0, actor=cast.admin, at=AT)
        shown = text(admin.get(f"/decisiones/{decision.pk}"))

        assert (False, True) == (way in shown, version in shown)

    def test_is_a_popover_beside_the_contact(self, cast: Cast) -> None:
        """The row's ¿Por qué? answers the last decision, as a fragment."""
        decision = by_rule(cast)
        shown = text(Visitor(cast.manager).by_htmx.get(f"/contactos/{decision.contact_id}/por-que"))

        assert "<html" not in shown
        assert "WhatsApp Norte" in shown
        assert f'href="/decisiones/{decision.pk}"' in shown

    def test_is_nobodys_who_may_not_see_the_contact(self, cast: Cast) -> None:
        """Carla of another group finds no such decision."""
        decision = by_rule(cast)

        assert 404 == Visitor(cast.carla).get(f"/decisiones/{decision.pk}").status_code


class TestAFilterThatDenies:
    """BY-1, UX-21: which conditions decided, where a filter has a *not* and an *or*: the others were only asked."""

    @pytest.fixture
    def form(self, cast: Cast) -> Account:
        """Return a form; behind «not Puebla» a rule for Norte or Puebla that is for nobody of Acme, and one for all."""
        acme = {"not": is_("company", "Acme")}
        mixed = {"all": [{"any": [is_("region", "Norte"), is_("city", "Puebla")]}, acme]}
        a_rule(cast.alba, admin=cast.admin, description="No Puebla", filters={"not": is_("city", "Puebla")})
        a_rule(cast.bruno, admin=cast.admin, description="Mixta", filters=mixed)
        a_rule(cast.carla, admin=cast.admin, description="Todos")
        return a_web_form(cast)

    def test_says_what_was_not_and_had_not_to_be(self, cast: Cast, form: Account) -> None:
        """Chosen by what it is not, it says so, and never that the rule is for all."""
        shown = self._shown(cast, fill_in(form, city="Toluca"))

        assert "no: Ciudad es Puebla" in shown
        assert "para todo contacto" not in shown

    def test_says_what_was_and_had_not_to_be(self, cast: Cast, form: Account) -> None:
        """Passed over for what it is: that is named, and not what another condition stood in for."""
        shown = self._shown(cast, fill_in(form, city="Puebla", company="Acme"))

        assert "Regla 1 · No Puebla: se cumple, y no debe: Ciudad es Puebla" in shown
        assert "Regla 2 · Mixta: se cumple, y no debe: Empresa del contacto es Acme" in shown
        assert "Región es Norte" not in shown

    def test_is_said_so_when_it_is_tried(self, cast: Cast, form: Account) -> None:
        """UX-22: *Probar con un contacto* says the same by the rules that were tried."""
        contact = a_contact("Tomás", by=cast.admin, fields={"city": "Puebla"})
        shown = text(Visitor(cast.admin).get("/reglas/probar", contact=contact.pk))

        assert "No Puebla: se cumple, y no debe: Ciudad es Puebla" in shown
        assert "Ciudad es Puebla · no: Empresa del contacto es Acme" in shown

    def _shown(self, cast: Cast, contact: Contact) -> str:
        return text(Visitor(cast.admin).by_htmx.get(f"/contactos/{contact.pk}/por-que"))


def is_(field: str, value: str) -> dict[str, Any]:
    """Return the condition that a field is a value."""
    return {"field": field, "op": "is", "value": value}


class TestEveryPlace:
    def test_of_what_was_assigned(self, cast: Cast) -> None:
        """UX-21: in the list of contacts, on the profile, in the thread, beside it and in the notifications."""
        decision = by_rule(cast)
        alba = Visitor(cast.alba)
        of_contact, of_decision = f"/contactos/{decision.contact_id}/por-que", f"/decisiones/{decision.pk}"
        thread = text(alba.get(f"/bandeja/{decision.conversation_id}"))
        profile = text(alba.get(f"/contactos/{decision.contact_id}"))

        assert f'data-why="{of_contact}"' in text(alba.get("/contactos"))
        assert f'data-why="{of_contact}"' in profile
        assert f'data-why="{of_decision}"' in profile  # the ledger and the history
        # The line in the thread, and beside it: who works the conversation, and whose the contact is.
        assert 2 == thread.count(f'data-why="{of_decision}"')
        assert f'data-why="{of_contact}"' in thread
        assert f'data-why="{of_decision}"' in text(alba.get("/notificaciones"))
        of_talk = f"/bandeja/{decision.conversation_id}/por-que"
        assert f'data-why="{of_talk}"' in text(alba.get("/bandeja"))
        assert "WhatsApp Norte" in text(alba.by_htmx.get(of_talk))
        assert (302, 404) == (alba.get(of_talk).status_code, Visitor(cast.carla).get(of_talk).status_code)

    def test_of_what_nobody_has(self, cast: Cast) -> None:
        """UX-21: what waits says why in the same places, and when it is tried again."""
        set_availability(cast.alba.person_id, status="away", actor=cast.alba, at=AT)
        decision = by_rule(cast)
        marta = Visitor(cast.manager)
        of_contact, of_decision = f"/contactos/{decision.contact_id}/por-que", f"/decisiones/{decision.pk}"
        thread = text(marta.get(f"/bandeja/{decision.conversation_id}"))

        assert "queued" == decision.outcome
        assert f'data-why="{of_contact}"' in text(marta.get("/contactos", tab="none"))
        assert 2 == thread.count(f'data-why="{of_decision}"')
        assert "Se intenta de nuevo cuando alguien pueda" in thread
        assert "Se intenta de nuevo cuando alguien pueda" in text(marta.by_htmx.get(of_contact))
        assert "<bdi>Alba</bdi>: Está ausente." in text(marta.get(of_decision))


class TestAfterEverythingWasRenamed:
    def test_page_and_api_say_what_they_said(self, cast: Cast) -> None:
        """UX-21, EC-98: people, groups, accounts and rules have other names, the rule is gone: not a word changes."""
        decision = by_rule(cast)
        talk = decision.conversation_id or 0
        chosen = Chosen((cast.bruno.person_id,), (cast.north_id,))
        by_hand = assign_conversation(talk, chosen, actor=cast.admin, at=AT + timedelta(minutes=1))
        both = [one for one in (decision, by_hand) if one]
        before = self._said(cast, both)
        self._rename(cast, at=AT + timedelta(minutes=2))

        assert 2 == len(both)
        assert before == self._said(cast, both)
        assert "Bruno, Norte" in before[1]
        assert "Cuenta es Cuenta whatsapp" in before[0]

    def _said(self, cast: Cast, decisions: list[Decision]) -> list[Any]:
        """What the pages say but for faces and the way to the rule, the lines in thread and history, and what the API answers."""
        admin, caller = Visitor(cast.admin), Caller(cast.admin)
        shown = [text(admin.by_htmx.get(f"/decisiones/{one.pk}")) for one in decisions]
        thread = text(admin.get(f"/bandeja/{decisions[0].conversation_id}"))
        profile = text(admin.get(f"/contactos/{decisions[0].contact_id}"))
        lines = re.findall(r'<div class="ev.*?</div>', thread) + re.findall(r"(?:Asignado|Dado) a [^<]*", profile)
        answered = caller.get(f"/contacts/{decisions[0].contact_id}/decisions").body["items"]
        return [*(WAY.sub("", FACE.sub("", one)) for one in shown), lines, answered]

    def _rename(self, cast: Cast, *, at: datetime) -> None:
        for person in (cast.admin, cast.alba, cast.bruno):
            edit_person(person.person_id, {"name": f"Nueva {person.name}"}, actor=cast.admin, at=at)
        rename_group(cast.north_id, name="Otra", actor=cast.admin, at=at)
        for account in all_accounts():
            edit_account(account.pk, {"name": "Otra cuenta"}, actor=cast.admin, at=at)
        for rule in all_rules():
            edit_rule(rule.pk, {"description": "Otra"}, actor=cast.admin, at=at)
            delete_rule(rule.pk, actor=cast.admin, at=at)


class TestEveryDecisionOfABusyDay:
    def test_is_derived_again(self, db: None) -> None:
        """INV-24: each decision, also one that nobody got, is derived from its snapshot and comes out the same."""
        a_busy_day()
        explained = [explain(one) for one in Decision.objects.all()]

        assert len(explained) > MANY
        assert [] == [one.difference for one in explained if not one.same]


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
