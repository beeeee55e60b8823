"""The list of rules: who writes it, what is refused, and what each version freezes."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reparto.engine import After, RuleSet, Target, freeze_rule_set, thaw_rule_set
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.kit.tenancy import in_organization
from reparto.people.permissions import NotAllowed
from reparto.people.suspend_person import suspend_person
from reparto.rules.check_rules import check_rules
from reparto.rules.delete_rule import delete_rule
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import RuleSetVersion
from reparto.rules.queries import UnknownRule, all_rules, current_rule_set, find_rule, frozen_rule_set
from reparto.rules.reorder_rules import reorder_rules
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def refusal(company: Cast, **given: Any) -> list[tuple[str, str]]:
    """Return (path, code) of what is wrong with a rule for Alba with these fields."""
    with pytest.raises(Invalid) as refused:
        cast.a_rule(company.alba, admin=company.admin, **given)
    return [(fault.path, fault.code) for fault in refused.value.faults]


class TestWho:
    @pytest.mark.parametrize("who", ["manager", "alba"])
    def test_only_an_administrator_writes_rules(self, company: Cast, who: str) -> None:
        """UP-1: nobody else adds, edits, orders or deletes, and nothing changes when they try."""
        rule, actor = cast.a_rule(company.alba, admin=company.admin), getattr(company, who)

        with pytest.raises(NotAllowed):
            cast.a_rule(company.alba, admin=actor)
        with pytest.raises(NotAllowed):
            edit_rule(rule.pk, {"active": False}, actor=actor, at=AT)
        with pytest.raises(NotAllowed):
            reorder_rules([rule.pk], actor=actor, at=AT)
        with pytest.raises(NotAllowed):
            delete_rule(rule.pk, actor=actor, at=AT)
        assert (1, [(rule.pk, True)]) == (
            current_rule_set().version,
            list(all_rules().values_list("pk", "active")),
        )

    def test_another_companys_rule_does_not_exist(self, company: Cast) -> None:
        """INV-30: an id of another company is answered as one that nobody has."""
        stranger = cast.a_stranger()
        with in_organization(stranger.organization_id):
            theirs = cast.a_rule(stranger.alba, admin=stranger.admin)

        with pytest.raises(UnknownRule):
            edit_rule(theirs.pk, {"active": False}, actor=company.admin, at=AT)
        with pytest.raises(UnknownRule):
            delete_rule(theirs.pk, actor=company.admin, at=AT)


class TestWhatIsRefused:
    def test_unknown_words_and_ids(self, company: Cast) -> None:
        """UP-4: every fault is said at once, at its place in the rule."""
        stranger = cast.a_stranger()
        targets = ({"person_id": stranger.alba.person_id}, {"group_id": 10**12}, {"person_id": 1, "group_id": 1})
        found = refusal(
            company, description=" ", assign_to=targets, entity="lead", trigger="never", strategy="luck",
            if_nobody="cry", template_id=7, tags=("", "x" * 101),
        )  # fmt: skip

        assert {
            ("description", "blank"),
            ("assign_to[0].person_id", "unknown_person"),
            ("assign_to[1].group_id", "unknown_group"),
            ("assign_to[2]", "not_a_target"),
            ("entity", "unknown_choice"),
            ("trigger", "unknown_choice"),
            ("strategy", "unknown_choice"),
            ("if_nobody", "unknown_choice"),
            ("template_id", "unknown_template"),
            ("tags[0]", "blank"),
            ("tags[1]", "too_long"),
        } == set(found)

    @pytest.mark.parametrize("targets", [(), ({},), ({"person_id": None},), ({"who": 1},), ("alba",), (3,)])
    def test_a_rule_without_anybody(self, company: Cast, targets: Any) -> None:
        """UP-6: a rule names at least one person or group."""
        with pytest.raises(Invalid) as refused:
            cast.a_rule(admin=company.admin, assign_to=targets)

        assert "assign_to" in refused.value.faults[0].path

    def test_somebody_twice(self, company: Cast) -> None:
        """The same person twice would have two turns a round."""
        alba = {"person_id": company.alba.person_id}

        assert [("assign_to[1].person_id", "duplicate")] == refusal(company, assign_to=(alba, alba))

    def test_faulty_filters(self, company: Cast) -> None:
        """UP-10: a filter is checked with the company's own fields known; its faults have their place in the rule."""
        filters = {"all": [{"field": "custom.nope", "op": "is", "value": "x"}, {"field": "sellers", "op": ">"}]}

        assert [("filters.all[0].field", "unknown_field"), ("filters.all[1].value", "missing_value")] == refusal(
            company, filters=filters
        )

    @pytest.mark.parametrize("trigger", ["no_followup", "no_first_followup", "no_sales"])
    def test_a_time_trigger_needs_a_time(self, company: Cast, trigger: str) -> None:
        """UP-5: the triggers that wait say after how long; the one that acts at once does not."""
        after = {"amount": 2, "unit": "days"}

        assert [("after", "missing")] == refusal(company, trigger=trigger)
        assert [("after", "needless")] == refusal(company, after=after)
        entity = "client" if trigger == "no_sales" else "prospect"
        rule = cast.a_rule(company.alba, admin=company.admin, trigger=trigger, after=after, entity=entity)
        assert (2, "days", "calendar") == (rule.after_amount, rule.after_unit, rule.after_clock)

    def test_working_time_is_counted_in_hours_or_days(self, company: Cast) -> None:
        """UP-5, EC-65: a rule says which time it counts; weeks and months of working time mean nothing."""
        weeks, hours = ({"amount": 2, "unit": unit, "clock": "working"} for unit in ("weeks", "hours"))

        assert [("after.clock", "not_in_working_time")] == refusal(company, trigger="no_followup", after=weeks)
        cast.a_rule(company.alba, admin=company.admin, trigger="no_followup", after=hours)
        (rule,) = current_rule_set().rules
        assert After(2, "hours", "working") == rule.after
        frozen = freeze_rule_set(current_rule_set())
        del frozen["rules"][0]["after"]
        assert thaw_rule_set(frozen).rules[0].after is None

    @pytest.mark.parametrize("strategy", ["close_rate", "followup_speed", "least_loaded", "weighted"])
    def test_the_basic_edition_offers_turns_only(self, strategy: str) -> None:
        """UP-2: in a basic company every criterion but *Revólver* is refused, with the reason."""
        company = cast.a_company(edition="basic")
        rule = cast.a_rule(company.alba, admin=company.admin)

        assert [("strategy", "needs_pro")] == refusal(company, strategy=strategy)
        with pytest.raises(Invalid):
            edit_rule(rule.pk, {"strategy": strategy}, actor=company.admin, at=AT)


class TestVersions:
    def test_the_whole_list_is_frozen_in_order(self, company: Cast) -> None:
        """UP-3: a version has the whole list in its order, paused rules too, as the engine takes them."""
        first = cast.a_rule(company.alba, company.bruno, admin=company.admin, description="Uno", tags=("flota",))
        second = cast.a_rule(admin=company.admin, assign_to=({"group_id": company.south_id, "weight": 3},))
        paused = cast.a_rule(company.alba, admin=company.admin, active=False)

        reorder_rules([second.pk, paused.pk, first.pk], actor=company.admin, at=AT)

        rules = current_rule_set().rules
        places = [(rule.id, rule.position, rule.active) for rule in rules]
        assert [(second.pk, 1, True), (paused.pk, 2, False), (first.pk, 3, True)] == places
        assert (Target(group_id=company.south_id, weight=3),) == rules[0].assign_to
        assert ("Uno", ("flota",)) == (rules[2].description, rules[2].tags)

    def test_each_change_publishes_one_more(self, company: Cast) -> None:
        """Every write publishes at once; former versions stay as they were."""
        rule = cast.a_rule(company.alba, admin=company.admin, description="Uno")
        edit_rule(rule.pk, {"description": "Dos"}, actor=company.admin, at=AT)
        delete_rule(rule.pk, actor=company.admin, at=AT)

        described = {
            number: [one.description for one in frozen_rule_set(company.organization_id, number).rules]
            for number in (1, 2, 3)
        }
        assert {1: ["Uno"], 2: ["Dos"], 3: []} == described
        assert {company.admin.person_id} == set(RuleSetVersion.objects.values_list("publisher_id", flat=True))

    def test_reading_the_newest_costs_one_query(self, company: Cast) -> None:
        """The desk reads the rules under its lock; before any is published there is the empty version 0."""
        before = current_rule_set()
        cast.a_rule(company.alba, admin=company.admin)

        with CaptureQueriesContext(connection) as queries:
            current_rule_set()

        assert (1, RuleSet()) == (len(queries), before)

    def test_it_goes_to_the_engine_and_back(self, company: Cast) -> None:
        """What is thawed is what was frozen, filters included."""
        filters = {
            "any": [{"field": "city", "op": "is", "value": "Mérida"}, {"not": {"field": "email", "op": "empty"}}]
        }
        cast.a_rule(company.alba, admin=company.admin, filters=filters, if_nobody="wait", strategy="least_loaded")

        (rule,) = current_rule_set().rules

        assert (filters, "wait", "least_loaded") == (rule.filters, rule.if_nobody, rule.strategy)


class TestEditAndOrder:
    def test_only_what_is_given_changes(self, company: Cast) -> None:
        """A change counts the rule's own version up and is on record; a stale one changes nothing."""
        rule = cast.a_rule(company.alba, admin=company.admin, tags=("a",))

        edit_rule(rule.pk, {"active": False}, actor=company.admin, at=AT, if_version=1)

        after = find_rule(rule.pk)
        assert (False, ["a"], 2) == (after.active, after.tags, after.version)
        assert {"active": False} == AuditEntry.objects.get(action="rule.edit").after
        with pytest.raises(StaleVersion):
            edit_rule(rule.pk, {"active": True}, actor=company.admin, at=AT, if_version=1)

    def test_a_trigger_that_acts_at_once_drops_the_duration(self, company: Cast) -> None:
        """Going back to web integration needs no second change."""
        rule = cast.a_rule(
            company.alba, admin=company.admin, trigger="no_followup", after={"amount": 2, "unit": "days"}
        )

        edit_rule(rule.pk, {"trigger": "web_integration"}, actor=company.admin, at=AT)

        assert find_rule(rule.pk).after_amount is None

    def test_an_order_names_all_rules_once(self, company: Cast) -> None:
        """UP-3: a list that lacks one, or has one twice, is refused and nothing moves."""
        ids = [cast.a_rule(company.alba, admin=company.admin).pk for _ in range(3)]

        for wrong in (ids[:2], [*ids, ids[0]], [*ids[:2], 10**12]):
            with pytest.raises(Invalid):
                reorder_rules(wrong, actor=company.admin, at=AT)

        assert ids == [rule.pk for rule in all_rules()]

    def test_those_after_a_deleted_one_move_up(self, company: Cast) -> None:
        """Places have no gaps."""
        ids = [cast.a_rule(company.alba, admin=company.admin).pk for _ in range(3)]

        delete_rule(ids[0], actor=company.admin, at=AT)

        assert [(ids[1], 1), (ids[2], 2)] == list(all_rules().values_list("pk", "position"))


class TestMisconfigured:
    def test_nobody_left_is_shown(self, company: Cast) -> None:
        """EC-8: a rule whose people have all gone is named as misconfigured; the list goes on."""
        gone = cast.a_rule(company.alba, admin=company.admin)
        empty = cast.a_rule(admin=company.admin, assign_to=({"group_id": company.south_id},))
        sound = cast.a_rule(company.alba, company.bruno, admin=company.admin)

        for person in (company.alba, company.carla):
            suspend_person(person.person_id, actor=company.admin, at=AT)

        found = check_rules(all_rules())
        assert {gone.pk: "nobody_left", empty.pk: "nobody_left"} == {
            rule_id: faults[0].code for rule_id, faults in found.items()
        }
        assert sound.pk not in found
