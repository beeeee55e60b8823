"""Drafts and versions of the rules: written apart, compared, published as a whole, and taken back in one step."""

from typing import Any

import pytest

from reparto.engine import Rule as Frozen
from reparto.engine import RuleSet, Snapshot, WorkItem, decide
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.kit.organizations import this_organization
from reparto.kit.tenancy import in_organization
from reparto.people.permissions import NotAllowed
from reparto.rules.add_draft import add_draft
from reparto.rules.check_in_force import StaleRules
from reparto.rules.compare_rules import compare_rules
from reparto.rules.delete_draft import delete_draft
from reparto.rules.delete_rule import delete_rule
from reparto.rules.describe_changes import describe_changes
from reparto.rules.duplicate_rule import duplicate_rule, name_of_copy
from reparto.rules.edit_draft import edit_draft
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule, RuleSetDraft
from reparto.rules.publish_draft import publish_draft
from reparto.rules.queries import (
    UnknownDraft,
    UnknownVersion,
    all_rules,
    current_rule_set,
    find_draft,
    find_version,
    rule_set_of_version,
)
from reparto.rules.reorder_rules import reorder_rules
from reparto.rules.roll_back_rules import roll_back_rules
from reparto.rules.thaw_rules import list_rules, show_frozen, thaw_rules
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db

LIMA = {"all": [{"field": "city", "op": "is", "value": "Lima"}]}


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def listed() -> list[dict[str, Any]]:
    """Return the editable list as a draft would keep it."""
    return list_rules(all_rules())


def held(number: int) -> list[dict[str, Any]]:
    """Return what a version holds, in the same form."""
    return list_rules(thaw_rules(rule_set_of_version(number)))


class TestDrafts:
    def test_a_draft_acts_only_when_it_is_published(self, company: Cast) -> None:
        """BY-7: what is written in a draft changes nothing; publishing puts all of it in force as one version."""
        one, two = (cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in ("Uno", "Dos"))
        before = listed()
        draft = add_draft("Verano", actor=company.admin, at=AT)
        new = {"description": "Lima", "assign_to": [{"person_id": company.bruno.person_id}], "filters": LIMA}
        rules = [new, draft.content[1] | {"strategy": "least_loaded"}, draft.content[0] | {"active": False}]
        written = edit_draft(draft.pk, {"rules": rules}, actor=company.admin, at=AT, if_version=1)
        assert (before, 2) == (listed(), current_rule_set().version)

        version = publish_draft(draft.pk, actor=company.admin, at=AT, if_version=2)

        assert (3, "Verano", written.content, written.content) == (version.number, version.note, listed(), held(3))
        assert [two, one] == [rule["id"] for rule in listed()][1:]
        with pytest.raises(UnknownDraft):
            find_draft(draft.pk)

    def test_a_rule_that_was_not_touched_keeps_its_edit_counter(self, company: Cast) -> None:
        """Whoever has a rule open is told of a change only if there is one."""
        one, two = (cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in ("Uno", "Dos"))
        draft = add_draft("", actor=company.admin, at=AT)
        rules = [draft.content[1], draft.content[0] | {"tags": ["vip"]}]
        edit_draft(draft.pk, {"rules": rules}, actor=company.admin, at=AT)

        publish_draft(draft.pk, actor=company.admin, at=AT)

        assert [(two, 1, 1), (one, 2, 2)] == list(all_rules().values_list("pk", "position", "version"))

    def test_nobody_overwrites_what_they_have_not_seen(self, company: Cast) -> None:
        """INV-16: a draft that began from an older version is refused with what changed, until the newer is named."""
        rule = cast.a_rule(company.alba, admin=company.admin, description="Uno")
        draft = add_draft("", actor=company.admin, at=AT)
        edit_rule(rule.pk, {"tags": ["nuevo"]}, actor=company.admin, at=AT)

        with pytest.raises(StaleRules) as stale:
            publish_draft(draft.pk, actor=company.admin, at=AT)
        assert (2, [("changed", "tags")]) == (
            stale.value.version,
            [(one.kind, one.fields[0].field) for one in stale.value.changes],
        )
        with pytest.raises(StaleVersion):
            publish_draft(draft.pk, actor=company.admin, at=AT, over=2, if_version=7)

        assert 3 == publish_draft(draft.pk, actor=company.admin, at=AT, over=2).number
        assert [[]] == [one["tags"] for one in listed()]

    def test_a_wrong_rule_is_refused_at_its_place(self, company: Cast) -> None:
        """UP-4: a whole list is read like a rule; ids of nobody's and of strangers' rules are none."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        stranger = cast.a_stranger()
        with in_organization(stranger.organization_id):
            theirs = cast.a_rule(stranger.alba, admin=stranger.admin)
        draft = add_draft("", actor=company.admin, at=AT)
        mine = draft.content[0]
        rules = [mine, mine, mine | {"id": theirs.pk}, {"description": "", "assign_to": []}]

        with pytest.raises(Invalid) as refused:
            edit_draft(draft.pk, {"rules": rules}, actor=company.admin, at=AT)

        assert {
            ("rules[1].id", "duplicate"),
            ("rules[2].id", "unknown_rule"),
            ("rules[3].description", "blank"),
            ("rules[3].assign_to", "empty"),
        } == {(fault.path, fault.code) for fault in refused.value.faults}
        assert [rule.pk] == [one["id"] for one in find_draft(draft.pk).content]

    def test_a_wrong_list_is_not_published(self, company: Cast) -> None:
        """BY-8: faults of the whole stand in the way, named at their cause; a paused rule is asked nothing."""
        rule = cast.a_rule(company.alba, admin=company.admin, if_nobody="wait")
        draft = add_draft("", actor=company.admin, at=AT)
        contrary = {"all": [LIMA, {"field": "city", "op": "is", "value": "Quito"}]}
        to = [{"person_id": company.bruno.person_id}]
        behind = {"description": "Nunca", "assign_to": to, "filters": LIMA}
        nobody = {"description": "Nadie", "assign_to": to, "filters": contrary, "entity": "client"}
        edit_draft(draft.pk, {"rules": [*draft.content, behind, nobody]}, actor=company.admin, at=AT)

        with pytest.raises(Invalid) as refused:
            publish_draft(draft.pk, actor=company.admin, at=AT)
        found = [(fault.path, fault.code) for fault in refused.value.faults]
        paused = [one | {"active": one["id"] == rule.pk} for one in find_draft(draft.pk).content]
        edit_draft(draft.pk, {"rules": paused}, actor=company.admin, at=AT)

        assert [("rules[1]", "never_reached"), ("rules[2].filters", "never_true")] == found
        assert 2 == publish_draft(draft.pk, actor=company.admin, at=AT).number

    def test_only_an_administrator(self, company: Cast) -> None:
        """UP-1: nobody else begins, changes, publishes, deletes, rolls back or copies; nothing changes when they try."""
        rule = cast.a_rule(company.alba, admin=company.admin)
        draft = add_draft("", actor=company.admin, at=AT)

        for verb in (
            lambda: add_draft("", actor=company.manager, at=AT),
            lambda: edit_draft(draft.pk, {"name": "x"}, actor=company.manager, at=AT),
            lambda: publish_draft(draft.pk, actor=company.manager, at=AT),
            lambda: delete_draft(draft.pk, actor=company.manager, at=AT),
            lambda: roll_back_rules(1, actor=company.manager, at=AT),
            lambda: duplicate_rule(rule.pk, actor=company.manager, at=AT),
        ):
            with pytest.raises(NotAllowed):
                verb()
        assert (1, 1, 1) == (RuleSetDraft.objects.count(), all_rules().count(), current_rule_set().version)

    def test_thrown_away(self, company: Cast) -> None:
        """A draft that is deleted is on record and publishes nothing."""
        draft = add_draft("Prueba", actor=company.admin, at=AT)
        delete_draft(draft.pk, actor=company.admin, at=AT, if_version=1)

        assert "Prueba" == (AuditEntry.objects.get(action="rule_draft.delete").before or {})["name"]
        assert 0 == current_rule_set().version


class TestVersions:
    def test_going_back_is_one_step(self, company: Cast) -> None:
        """BY-7: the earlier content is published anew; rules keep their ids, deleted ones come back, paused stay so."""
        one, two = (cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in ("Uno", "Dos"))
        edit_rule(two, {"active": False, "tags": ["vip"]}, actor=company.admin, at=AT)
        former = held(3)
        reorder_rules([two, one], actor=company.admin, at=AT)
        delete_rule(two, actor=company.admin, at=AT)
        cast.a_rule(company.bruno, admin=company.admin, description="Tres")

        version = roll_back_rules(3, actor=company.admin, at=AT)

        assert (7, 3) == (version.number, version.restores)
        assert former == listed() == held(7)
        assert [one, two] == [rule["id"] for rule in former]
        assert 7 == AuditEntry.objects.filter(action__startswith="rule.").count()

    def test_what_cannot_be_stored_any_more_stands_in_the_way(self, company: Cast) -> None:
        """UP-2: a criterion that the edition no longer has is named with its rule, and nothing changes."""
        cast.a_rule(company.alba, admin=company.admin, strategy="weighted")
        edit_rule(listed()[0]["id"], {"strategy": "round_robin"}, actor=company.admin, at=AT)
        before = listed()
        company_row = this_organization()
        company_row.edition = "basic"
        company_row.save()

        with pytest.raises(Invalid) as refused:
            roll_back_rules(1, actor=company.admin, at=AT)

        assert [("rules[0].strategy", "needs_pro")] == [(one.path, one.code) for one in refused.value.faults]
        assert before == listed()

    def test_another_companys_version_does_not_exist(self, company: Cast) -> None:
        """INV-30: numbers are a company's own."""
        stranger = cast.a_stranger()
        with in_organization(stranger.organization_id):
            cast.a_rule(stranger.alba, admin=stranger.admin)

        with pytest.raises(UnknownVersion):
            find_version(1)
        with pytest.raises(UnknownVersion):
            roll_back_rules(0, actor=company.admin, at=AT)

    def test_the_engine_passes_over_paused_rules(self) -> None:
        """A version has paused rules; whoever arrives is told that they were off, and the next one is asked."""
        rules = tuple(Frozen(number, number, f"R{number}", (), active=number == 2) for number in (1, 2))
        (decision,) = decide(Snapshot(AT, (WorkItem(1, 1),), rule_set=RuleSet(1, rules)))

        assert ["rule_inactive", "empty_rule"] == [step.reason for step in decision.steps][:2]


class TestDifferences:
    def test_each_is_named_in_words(self, company: Cast) -> None:
        """BY-7: two versions differ by what came, went, moved, and by each field, in sentences."""
        names = ("Uno", "Dos", "Tres", "Cuatro")
        ids = [cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in names]
        before = listed()
        changes = {
            "filters": LIMA,
            "assign_to": [{"person_id": company.bruno.person_id}, {"group_id": company.south_id, "weight": 3}],
            "trigger": "no_followup",
            "after": {"amount": 2, "unit": "days"},
            "active": False,
        }
        edit_rule(ids[1], changes, actor=company.admin, at=AT)
        delete_rule(ids[0], actor=company.admin, at=AT)
        reorder_rules([ids[3], ids[1], ids[2]], actor=company.admin, at=AT)
        added = cast.a_rule(company.alba, admin=company.admin, description="Cinco").pk

        said = describe_changes(compare_rules(before, listed()))

        kinds = [(one.change.kind, one.change.rule_id) for one in said]
        assert [("removed", ids[0]), ("moved", ids[3]), ("changed", ids[1]), ("added", added)] == kinds
        assert "Bruno" in str(said[2].lines)
        assert {"trigger", "after", "assign_to", "filters", "active"} == {one.field for one in said[2].change.fields}
        assert () == compare_rules(before, before)

    def test_a_version_holds_what_the_list_held(self, company: Cast) -> None:
        """Frozen and thawed again, a rule of every shape is equal to itself."""
        cast.a_rule(
            company.alba,
            admin=company.admin,
            assign_to=({"person_id": company.alba.person_id, "weight": 0}, {"group_id": company.south_id}),
            trigger="no_followup",
            after={"amount": 3, "unit": "hours", "clock": "working"},
            filters=LIMA,
            tags=("a", "b"),
            strategy="weighted",
            active=False,
        )

        (rule,) = current_rule_set().rules
        assert listed() == [show_frozen(rule)]


class TestCopies:
    def test_a_copy_stands_behind_and_is_paused(self, company: Cast) -> None:
        """UP-3: a copy changes nothing until it is switched on; those behind move down."""
        ids = [cast.a_rule(company.alba, admin=company.admin, description=name, tags=("x",)).pk for name in "AB"]

        copy = duplicate_rule(ids[0], actor=company.admin, at=AT)

        assert [ids[0], copy.pk, ids[1]] == [rule.pk for rule in all_rules()]
        assert (False, ["x"], name_of_copy("A")) == (copy.active, copy.tags, copy.description)
        assert copy.pk in {rule.id for rule in current_rule_set().rules}
        assert Rule.objects.get(pk=copy.pk).position == 2
