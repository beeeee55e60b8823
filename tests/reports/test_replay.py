"""Replaying history: the rules in force change nothing, a draft says what then happens, and nothing is written."""

from collections import Counter
from datetime import timedelta

import pytest

from reparto.assignment.models import Decision
from reparto.assignment.read_sittings import Past
from reparto.contacts.models import Contact
from reparto.engine import RuleSet
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.models import ShadowDifference
from reparto.reports.replay import Replay
from reparto.reports.replay_history import replay_history
from reparto.reports.work_shadow import work_shadow
from reparto.rules.add_draft import add_draft
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.edit_draft import edit_draft
from reparto.rules.queries import current_rule_set
from reparto.rules.rule_draft import RuleDraft
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.reports.checksums import checksums
from tests.reports.some_history import some_hours
from tests.road import a_text, write
from tests.rows import late
from tests.rows.late import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company that deals to three in turn, and waits when none of them can."""
    cast = a_company()
    a_rule(cast.alba, cast.bruno, cast.carla, admin=cast.admin, if_nobody="wait")
    return cast


class TestTheRulesInForce:
    """What they would have done is what they did."""

    @pytest.mark.parametrize("seed", [2, 3, 4, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(5, 30))])
    def test_change_nothing(self, cast: Cast, seed: int) -> None:
        """BY-6, INV-25: replayed by the rules that were in force, every decision comes out as it was made."""
        hours = some_hours(cast, seed)
        until = hours.pass_time(40)
        before = checksums()

        figures = replay_history(current_rule_set(), since=AT - timedelta(hours=1), until=until)

        assert figures.happened.outcomes == figures.would.outcomes
        assert [] == [pair for pair in figures.differences if pair.differs]
        assert {person: one.happened for person, one in figures.people.items()} == {
            person: one.received for person, one in figures.people.items()
        }
        assert figures.would.outcomes["assigned"] > 3
        assert before == checksums()


class TestADraft:
    """Other rules than those that were in force."""

    def test_finds_a_contact_in_its_group_though_somebody_has_it_by_now(self, cast: Cast) -> None:
        """BY-6: what nobody had then was in its account's group, wherever its owner of today is."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.carla,), group_id=cast.north_id)
        write(account, a_text(a_phone()))
        is_north = {"field": "groups", "op": "has", "value": cast.north_id}
        rule = RuleDraft("Norte", ({"person_id": cast.carla.person_id},), filters=is_north)

        figures = replay_history(draft_rule_set([rule], whole=True), since=AT - timedelta(hours=1), until=AT + DAY)

        assert cast.north_id != cast.carla.group_id
        assert [cast.carla.person_id] == list(Contact.objects.values_list("owner_id", flat=True))
        assert {"assigned": 1} == dict(figures.would.outcomes)

    def test_for_a_country_is_for_those_who_were_kept_by_its_name(self) -> None:
        """UP-10: of sittings from before a country was one value, too, a draft says what it would do today."""
        frozen = {"id": 1, "contact_id": 1, "facts": {"country": "mexico"}}
        past, replay = Past(1, AT, {"policy": {}}, (frozen,), {}), Replay(RuleSet())
        replay.bench.turn_to(past.shared)

        (item,) = replay.thaw(past, {})

        assert ("mx", True) == (item.facts["country"], replay.bench.policy.countries)


class TestSweeps:
    """Rules that wait for a time, replayed."""

    def test_that_moved_contacts_are_decided_as_they_were(self, cast: Cast) -> None:
        """BY-6, INV-25: late contacts come in the order of their sweep, however often, and what follows them weighs."""
        late.a_rule(cast, cast.alba, cast.bruno, cast.carla)
        hours = some_hours(cast, 21, capacity=4)
        hours.apart, hours.swept = timedelta(minutes=25), True
        for _ in range(4):
            late.a_contact(cast)
        until = hours.pass_time(40)

        since = AT - timedelta(hours=1)
        figures = replay_history(current_rule_set(), since=since, until=until, look=hours.apart)

        twice = Counter(Decision.objects.filter(rule_id__gt=0, route="rule", conversation=None).values_list("contact"))
        assert 1 < max(twice.values())
        assert [] == [pair for pair in figures.differences if pair.differs]
        assert figures.happened.outcomes == figures.would.outcomes
        assert {person: one.happened for person, one in figures.people.items()} == {
            person: one.received for person, one in figures.people.items()
        }

    def test_differ_once_for_each_time_that_a_contact_was_moved(self, cast: Cast) -> None:
        """BY-7: a contact that was late twice and would have gone to others each time is two differences in the shadow."""
        rule = late.a_rule(cast, cast.bruno, cast.carla)
        draft = add_draft("Al revés", actor=cast.admin, at=AT)
        turned = [{"person_id": person.person_id} for person in (cast.carla, cast.bruno)]
        content = [one | {"assign_to": turned} if one["id"] == rule.pk else one for one in draft.content]
        edit_draft(draft.pk, {"rules": content}, actor=cast.admin, at=AT)
        contact = late.a_contact(cast)
        begin_shadow(draft.pk, actor=cast.admin, at=AT - timedelta(hours=1))

        for hours in (2, 4):
            late.sweep(cast, at=AT + timedelta(hours=hours))
        work_shadow(cast.organization_id, clock=lambda: AT + timedelta(hours=5))

        found = ShadowDifference.objects.order_by("id")
        assert [contact.pk, contact.pk] == [one.contact_id for one in found]
        ways = [(one.happened or {}, one.would or {}) for one in found]
        bruno, carla = [cast.bruno.person_id], [cast.carla.person_id]
        assert [(bruno, carla), (carla, bruno)] == [(was["person_ids"], would["person_ids"]) for was, would in ways]
