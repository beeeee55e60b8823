"""Trying a contact on rules: what the desk would decide, with nothing written."""

from typing import Any

import pytest
from django.db import connection

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.models import Cursor, Decision, Sitting
from reparto.assignment.try_contact import Tried, try_contact
from reparto.contacts.models import Contact
from reparto.engine import RuleSet
from reparto.kit.faults import Invalid
from reparto.people.actor import Actor
from reparto.people.set_availability import set_availability
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.queries import UnknownRule, current_rule_set
from reparto.rules.reorder_rules import reorder_rules
from reparto.rules.rule_draft import RuleDraft
from tests import cast
from tests.cast import AT, Cast
from tests.road import a_text, work, write
from tests.rows.web_leads import fill_in

pytestmark = pytest.mark.django_db
NORTH = {"field": "region", "op": "is", "value": "Norte"}


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def tried(company: Cast, contact: Contact, rule_set: RuleSet | None = None) -> Tried:
    """Try a contact on the rules in force, or on others."""
    rules = current_rule_set() if rule_set is None else rule_set
    return try_contact(company.organization_id, contact.pk, rule_set=rules, at=AT)


def has_group(group_id: int) -> dict[str, Any]:
    """Return the filter for whoever is in a group."""
    return {"field": "groups", "op": "has", "value": group_id}


def a_draft(*people: Actor, **more: Any) -> RuleDraft:
    """Return a draft that deals to these people."""
    return RuleDraft(
        **{"description": "Borrador", "assign_to": tuple({"person_id": p.person_id} for p in people)} | more
    )


class TestTheRulesInForce:
    def test_say_who_and_why(self, company: Cast) -> None:
        """UX-22: the person whose turn it is, the rule, and those before it that were not for the contact."""
        cast.a_rule(company.carla, admin=company.admin, description="Norte", filters=NORTH)
        rule = cast.a_rule(company.alba, company.bruno, admin=company.admin, description="Todos")
        contact = cast.a_contact(admin=company.admin)

        decision = tried(company, contact).by_rules

        card = describe_decision(decision)
        assert ("assigned", [company.alba.person_id], rule.pk) == (
            decision.outcome,
            decision.person_ids,
            decision.rule_id,
        )
        assert card.rule is not None
        assert "Todos" in card.rule.name
        assert any("Norte" in step.label for step in card.passed)

    def test_say_the_same_as_the_desk_then_does(self, company: Cast) -> None:
        """What a trial says is what happens when the contact then writes."""
        line = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))
        cast.a_rule(company.alba, company.bruno, admin=company.admin)
        set_availability(company.alba.person_id, status="away", actor=company.alba, at=AT)
        phone = cast.a_phone()
        contact = cast.a_contact(admin=company.admin, phone=phone)
        foretold = tried(company, contact).as_it_stands

        write(line, a_text(phone))
        work(company.organization_id)

        happened = Decision.objects.get(contact_id=contact.pk)
        assert (foretold.outcome, foretold.owner_id, foretold.rule_id) == (
            happened.outcome,
            happened.owner_id,
            happened.rule_id,
        )

    def test_are_asked_although_somebody_has_it(self, company: Cast) -> None:
        """The rules' own answer leaves out the owner; as it stands, the owner is before any rule."""
        cast.a_rule(company.alba, admin=company.admin)
        contact = cast.a_contact(admin=company.admin, owner=company.bruno)

        both = tried(company, contact)

        assert ["rule", company.alba.person_id] == [both.by_rules.route, both.by_rules.owner_id]
        assert ["default_assignees", company.bruno.person_id] == [both.as_it_stands.route, both.as_it_stands.owner_id]

    def test_find_it_in_its_group_as_the_desk_does(self, company: Cast) -> None:
        """BY-8: a rule for a group takes a lead of that group's form, nobody's or taken out of its owner's hands."""
        form = cast.an_account("webform", admin=company.admin, auto=(company.alba,), group_id=company.north_id)
        contact = fill_in(form)
        cast.a_rule(company.alba, admin=company.admin, filters=has_group(company.north_id))
        free = tried(company, contact)
        assign_by_hand(contact.pk, owner_id=company.carla.person_id, actor=company.admin, at=AT)
        owned = tried(company, contact)

        assert company.carla.group_id != company.north_id
        alba = company.alba.person_id
        assert [alba, alba, alba] == [free.as_it_stands.owner_id, free.by_rules.owner_id, owned.by_rules.owner_id]

    def test_change_with_their_order(self, company: Cast) -> None:
        """UX-22: reordering changes the answer."""
        one = cast.a_rule(company.alba, admin=company.admin)
        two = cast.a_rule(company.bruno, admin=company.admin)
        contact = cast.a_contact(admin=company.admin)
        before = tried(company, contact).by_rules.owner_id

        reorder_rules([two.pk, one.pk], actor=company.admin, at=AT)

        assert (company.alba.person_id, company.bruno.person_id) == (before, tried(company, contact).by_rules.owner_id)

    def test_write_nothing(self, company: Cast) -> None:
        """No decision, no turn, no sitting, and not even a number is drawn."""
        cast.a_rule(company.alba, company.bruno, admin=company.admin)
        contact = cast.a_contact(admin=company.admin)
        before = _drawn()

        answers = {tried(company, contact).by_rules.owner_id for _ in range(3)}

        assert {company.alba.person_id} == answers
        assert before == _drawn()
        assert [0, 0, 0] == [table.objects.count() for table in (Decision, Cursor, Sitting)]


def _drawn() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, is_called FROM assignment_decision_id_seq")
        return cursor.fetchone()


class TestADraft:
    def test_stands_in_the_place_of_its_rule(self, company: Cast) -> None:
        """The draft is asked where its rule stands; the others as they are; nothing is stored of it."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        cast.a_rule(company.bruno, admin=company.admin)
        contact = cast.a_contact(admin=company.admin)

        kept = draft_rule_set([a_draft(company.carla)], rule_id=rule.pk)
        narrowed = draft_rule_set([a_draft(company.carla, filters=NORTH)], rule_id=rule.pk)

        assert company.carla.person_id == tried(company, contact, kept).by_rules.owner_id
        assert company.bruno.person_id == tried(company, contact, narrowed).by_rules.owner_id
        assert company.alba.person_id == tried(company, contact).by_rules.owner_id

    def test_of_a_new_rule_comes_last(self, company: Cast) -> None:
        """A new rule is asked after all others; one that is paused says so."""
        cast.a_rule(company.alba, admin=company.admin, filters=NORTH)
        contact = cast.a_contact(admin=company.admin)

        new = tried(company, contact, draft_rule_set([a_draft(company.bruno)])).by_rules
        paused = tried(company, contact, draft_rule_set([a_draft(company.bruno, active=False)])).by_rules

        assert (company.bruno.person_id, 2) == (new.owner_id, new.rule_position)
        assert ("unmatched", "rule_inactive") == (paused.outcome, paused.trace["steps"][-2]["reason"])

    def test_of_the_whole_list_replaces_it(self, company: Cast) -> None:
        """A drafted list is tried alone."""
        cast.a_rule(company.alba, admin=company.admin)
        contact = cast.a_contact(admin=company.admin)
        listed = draft_rule_set([a_draft(company.carla, filters=NORTH), a_draft(company.bruno)], whole=True)

        assert company.bruno.person_id == tried(company, contact, listed).by_rules.owner_id

    def test_is_refused_as_when_it_is_published(self, company: Cast) -> None:
        """The same faults, each with its place; a rule that is not there is unknown."""
        with pytest.raises(Invalid) as refused:
            draft_rule_set([a_draft(company.alba), a_draft(strategy="luck")], whole=True)
        with pytest.raises(UnknownRule):
            draft_rule_set([a_draft(company.alba)], rule_id=10**12)

        assert [("rules[1].assign_to", "empty"), ("rules[1].strategy", "unknown_choice")] == sorted(
            (fault.path, fault.code) for fault in refused.value.faults
        )
