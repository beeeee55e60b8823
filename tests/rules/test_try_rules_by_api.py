"""`POST /rules/preview`: what the rules in force or a draft would do for one contact, written nowhere."""

from typing import Any

import pytest
from django.conf import LazySettings

from reparto.assignment.models import Decision
from reparto.channels.edit_account import edit_account
from reparto.channels.set_mode import set_mode
from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.people.actor import Actor
from reparto.people.add_campaign import add_campaign
from reparto.people.edit_person import edit_person
from reparto.people.set_campaign_members import set_campaign_members
from reparto.rules.add_draft import add_draft
from reparto.rules.add_template import add_template
from reparto.rules.models import Rule
from reparto.rules.read_template import TemplateDraft
from tests import cast
from tests.api.caller import Caller
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
SOMEBODY = {"field": "name", "op": "not_empty"}


@pytest.fixture
def company(db: None) -> Cast:
    """A company with a rule for Alba, entered."""
    company = cast.a_company()
    cast.a_rule(company.alba, admin=company.admin)
    return company


def a_body(*people: Actor, **more: Any) -> dict[str, Any]:
    """Return a rule that deals to these people."""
    targets = [{"person_id": person.person_id} for person in people]
    return {"description": "Nueva", "entity": "prospect", "trigger": "web_integration", "assign_to": targets} | more


class TestPreview:
    def test_of_the_rules_in_force(self, company: Cast) -> None:
        """The answer is a decision with its trace, without an id, for it was never made."""
        contact = cast.a_contact(admin=company.admin, owner=company.bruno)
        before = Decision.objects.count()

        said = Caller(company.admin).post("/rules/preview", {"contact_id": contact.pk}).body

        assert ("assigned", company.alba.person_id) == (said["by_rules"]["outcome"], said["by_rules"]["owner_id"])
        assert "chosen" == said["by_rules"]["trace"]["candidates"][0]["verdict"]
        assert company.bruno.person_id == said["as_it_stands"]["owner_id"]
        assert before == Decision.objects.count()

    def test_of_a_draft(self, company: Cast) -> None:
        """A rule in the place of another, a new one after all, or a whole list."""
        contact, rule = cast.a_contact(admin=company.admin), Rule.objects.get()
        admin = Caller(company.admin)

        def chosen(**draft: Any) -> Any:
            said = admin.post("/rules/preview", {"contact_id": contact.pk, **draft})
            return said.body["by_rules"]["owner_id"]

        assert company.bruno.person_id == chosen(rule=a_body(company.bruno, id=rule.pk))
        assert company.alba.person_id == chosen(rule=a_body(company.bruno))
        assert company.carla.person_id == chosen(rules=[a_body(company.carla)])
        assert 1 == Rule.objects.count()

    def test_of_what_cannot_be_used(self, company: Cast) -> None:
        """Every fault has its place; a rule or a contact of strangers is not there."""
        contact, strangers = cast.a_contact(admin=company.admin), cast.a_stranger()
        admin, body = Caller(company.admin), a_body(company.alba)

        faulty = admin.post("/rules/preview", {"contact_id": contact.pk, "rules": [body, a_body()]})
        other = admin.post("/rules/preview", {"contact_id": contact.pk, "rule": body | {"id": 10**12}})

        assert (422, {"rules[1].assign_to": "empty"}) == (faulty.status, faulty.codes)
        twice = admin.post("/rules/preview", {"contact_id": contact.pk, "rule": body, "rules": [body]})
        assert {"rules": "needless"} == twice.codes
        assert 404 == other.status
        assert 404 == Caller(strangers.admin).post("/rules/preview", {"contact_id": contact.pk}).status

    def test_who_may(self, company: Cast) -> None:
        """UP-1: a manager tries what is in force, only an administrator a draft, an agent nothing."""
        contact = cast.a_contact(admin=company.admin)
        body = {"contact_id": contact.pk}

        assert 200 == Caller(company.manager).post("/rules/preview", body).status
        assert 403 == Caller(company.manager).post("/rules/preview", body | {"rule": a_body(company.alba)}).status
        assert 403 == Caller(company.alba).post("/rules/preview", body).status


class TestCheck:
    def test_says_what_is_to_know(self, company: Cast) -> None:
        """The rule, the one that is the cause, a code and a sentence; an agent may not look, a stranger sees theirs."""
        first, second = Rule.objects.get(), cast.a_rule(company.bruno, admin=company.admin)
        strangers = cast.a_stranger()

        (said,) = Caller(company.manager).get("/rules/check").body["items"]

        assert (second.pk, "only_leftovers", first.pk) == (said["rule_id"], said["code"], said["other_id"])
        assert "Repartir" in said["message"]
        assert 403 == Caller(company.alba).get("/rules/check").status
        assert [] == Caller(strangers.admin).get("/rules/check").body["items"]

    def test_knows_accounts_campaigns_and_room(self, company: Cast) -> None:
        """AD-7, LG-2: the accounts and the campaign that a rule asks for are held against who receives there and has room."""
        alba, admin = company.alba, company.admin
        here, there = cast.an_account("webform", admin=admin, auto=(alba,)), cast.a_whatsapp_account(admin=admin)
        campaign = add_campaign("Otoño", actor=admin, at=AT)
        asked = {"all": [{"field": "account", "op": "is", "value": there.pk}, campaign_is(campaign.pk)]}
        rule = cast.a_rule(alba, admin=admin, filters=asked)
        assert {"none_in_campaign", "not_on_account"} <= codes_of(rule, company)

        set_campaign_members(campaign.pk, [alba.person_id], actor=admin, at=AT)
        set_mode(alba.person_id, there.pk, mode="auto", actor=admin, at=AT)
        assert {"none_in_campaign", "not_on_account"}.isdisjoint(codes_of(rule, company))
        edit_account(there.pk, {"effort": 3}, actor=admin, at=AT)
        edit_person(alba.person_id, {"capacity": 2}, actor=admin, at=AT)
        assert "not_on_account" in codes_of(rule, company)
        edit_account(here.pk, {"effort": 3}, actor=admin, at=AT)
        assert "by_hand_only" in codes_of(rule, company)

    def test_a_value_that_there_is_not(self, company: Cast) -> None:
        """BY-8: ids of nothing, words that are no choice of their field: said, and not refused beside others."""
        admin = company.admin
        add_custom_field(CustomFieldDraft("color", "Color", "choice", ("Rojo", "Azul")), actor=admin, at=AT)
        add_custom_field(CustomFieldDraft("activo", "Activo", "yesno"), actor=admin, at=AT)
        wrong = [("custom.color", "Verde"), ("custom.activo", "Sí"), ("owner", 99999), ("campaign", 99999)]
        right = [
            ("custom.color", "ROJO"),
            ("custom.activo", "true"),
            ("owner", company.alba.person_id),
            ("city", "Verde"),
        ]

        for asked, known in (*((one, False) for one in wrong), *((one, True) for one in right)):
            leaf = dict(zip(("field", "value"), asked, strict=True), op="is")
            rule = cast.a_rule(company.alba, admin=admin, filters={"any": [leaf, SOMEBODY]})
            assert known is ("unknown_value" not in codes_of(rule, company)), asked

    def test_a_mail_that_nobody_will_get(self, company: Cast, settings: LazySettings) -> None:
        """UP-9: a template while the installation has no mail server is said, of the list in force and of a draft."""
        admin = company.admin
        template = add_template(TemplateDraft("Aviso", "Para ti", "Hola"), actor=admin, at=AT)
        rule = cast.a_rule(company.alba, admin=admin, template_id=template.pk)
        draft = add_draft("Con aviso", actor=admin, at=AT)
        settings.MAILERS = {}
        said = Caller(admin).get(f"/rules/drafts/{draft.pk}/check").body

        assert "no_mail" in codes_of(rule, company)
        assert [] == said["faults"]
        assert rule.pk in {one["rule_id"] for one in said["cautions"] if one["code"] == "no_mail"}
        settings.MAILERS = {"default": {}}
        assert "no_mail" not in codes_of(rule, company)


def campaign_is(campaign_id: int) -> dict[str, Any]:
    """Return the filter of a campaign's contacts."""
    return {"field": "campaign", "op": "is", "value": campaign_id}


def codes_of(rule: Rule, company: Cast) -> set[str]:
    """Return what the check says of a rule."""
    told = Caller(company.admin).get("/rules/check").body["items"]
    return {one["code"] for one in told if one["rule_id"] == rule.pk}
