"""Rules that wait for a time, replayed: sweeps happen in the replay, at the instants at which something becomes late."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Decision, Round
from reparto.assignment.record_sale import record_sale
from reparto.contacts.add_contact import add_contact
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.contact_draft import ContactDraft
from reparto.contacts.models import Contact
from reparto.people.change_settings import change_settings
from reparto.people.set_hours import HoursDraft, set_hours
from reparto.reports.pairs import Pair
from reparto.reports.replay_history import begin_history, replay_history, replay_page
from reparto.reports.show_figures import show_figures
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.queries import current_rule_set
from reparto.rules.rule_draft import RuleDraft
from tests.cast import AT, Cast, a_company, a_phone
from tests.reports.checksums import checksums
from tests.reports.some_history import MINUTE, Hours, some_hours
from tests.road import a_text, work, write
from tests.rows import late
from tests.rows.late import HOUR, a_contact, follow_up

pytestmark = pytest.mark.django_db
LOOK = timedelta(minutes=30)


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


class Days(Hours):
    """Days in which contacts are followed up, buy, come and go, and a worker looks every half an hour."""

    def pass_time(self, steps: int) -> datetime:
        """Let so much happen, and return the instant after it."""
        self.apart = LOOK
        for _ in range(steps):
            self.at += MINUTE
            self.chance.choice([self.follow, self.follow, self.sell, self.go, self.give, self.come, self.rest])()
            self.at += self.apart - MINUTE
            self.sweep()
        return self.at + timedelta(seconds=1)

    def some(self) -> Contact:
        """Any contact."""
        return self.chance.choice(list(Contact.objects.order_by("id")))

    def follow(self) -> None:
        """Somebody calls a contact."""
        follow_up(self.some(), by=self.cast.admin, at=self.at)

    def sell(self) -> None:
        """Somebody sells something."""
        draft = SaleDraft(Decimal(100), "MXN")
        record_sale(self.some().pk, draft, actor=self.cast.admin, at=self.at)

    def go(self) -> None:
        """Somebody steps out or comes back, and the desk sees it: who was there is known of each sitting."""
        self.step()
        write(self.account, a_text(a_phone(), at=self.at), at=self.at)
        work(self.cast.organization_id, at=self.at)

    def come(self) -> None:
        """A contact comes, with an owner or without."""
        draft = ContactDraft("Nueva", kind=self.chance.choice(["prospect", "client"]))
        contact = add_contact(draft, actor=self.cast.admin, at=self.at)
        if self.chance.random() < 0.6:
            owner = self.chance.choice(self.agents).person_id
            assign_by_hand(contact.pk, owner_id=owner, actor=self.cast.admin, at=self.at)

    def rest(self) -> None:
        """Nobody does anything."""


def some_days(cast: Cast, seed: int) -> Days:
    """Return days that have not begun: rules of all three kinds, one in its owner's working time."""
    everybody = (cast.alba, cast.bruno, cast.carla)
    late.a_rule(cast, *everybody, trigger="no_first_followup", after="3 hours working")
    late.a_rule(cast, *everybody, after="5 hours", strategy="least_loaded")
    late.a_rule(cast, cast.bruno, cast.carla, trigger="no_sales", after="6 hours", entity="client")
    plain = some_hours(cast, seed, capacity=None)
    change_settings("presence", {"sign_of_life": False}, actor=cast.admin, at=AT)
    days = Days(cast, plain.account, plain.chance)
    shift = [HoursDraft(day, "09:00", "18:00") for day in ("tuesday", "wednesday", "thursday")]
    set_hours(cast.alba.person_id, shift, actor=cast.admin, at=AT)
    for number in range(8):
        a_contact(cast, everybody[number % 3], kind="client" if number % 3 else "prospect")
    return days


def replayed(*, since: datetime, until: datetime) -> list[Pair]:
    """Return each move of a sweep of the rules in force, as it was beside as it would be."""
    history = begin_history(current_rule_set(), since=since, until=until, look=LOOK)
    found = []
    while not history.done:
        found += [pair for touched in replay_page(history) for pair in touched if pair.item_id < 0 and pair.settled]
    assert history.looks
    return found + history.looks.moves.settle()


class TestTheRulesInForce:
    """What their sweeps would have moved is what real ones moved."""

    @pytest.mark.parametrize(
        "seed", [3, 9, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, *range(4, 9), 10, 11))]
    )
    def test_move_what_was_moved_when_it_was_moved(self, cast: Cast, seed: int) -> None:
        """BY-6, INV-25: the same owners, at the same look; from the middle on, too; nothing is written."""
        days = some_days(cast, seed)
        until = days.pass_time(60)
        moved = Decision.objects.filter(rule_id__gt=0, conversation=None, outcome="assigned").order_by("at", "id")
        before = checksums()

        for since in (AT - HOUR, AT + 12 * HOUR):
            pairs = replayed(since=since, until=until)

            assert [] == [pair for pair in pairs if pair.differs]
            assert [] == [pair for pair in pairs if not _at_once(pair)]
            assert moved.filter(at__gte=since).count() == len(pairs) >= 5

        assert before == checksums()


def _at_once(pair: Pair) -> bool:
    """Whether both sides moved it at the same look."""
    return pair.happened is not None and pair.would is not None and pair.happened.at == pair.would.at


class TestADraft:
    """Rules that nobody has put in force yet."""

    def test_would_move_what_it_then_moves(self, cast: Cast) -> None:
        """BY-6, INV-25: whom, to whom and when, round after round until a supervisor is waited for, as it then happens."""
        contacts = [a_contact(cast) for _ in range(3)]
        follow_up(contacts[0], by=cast.alba, at=AT + HOUR)
        people = tuple({"person_id": one.person_id} for one in (cast.bruno, cast.carla))
        after = {"amount": 2, "unit": "hours", "clock": "calendar"}
        rule_set = draft_rule_set([RuleDraft("Rescatar", people, trigger="no_followup", after=after)], whole=True)
        before = checksums()

        figures = replay_history(rule_set, since=AT, until=AT + 12 * HOUR)

        said = [(one.contact_id, one.would.person_ids, one.would.at) for one in figures.differences if one.would]
        assert before == checksums()
        late.a_rule(cast, cast.bruno, cast.carla, description="De entonces")
        for hours in range(2, 12):
            for seconds in (0, 10, 20):
                late.sweep(cast, at=AT + hours * HOUR + timedelta(seconds=seconds))
        moved = Decision.objects.filter(rule_id__gt=0, outcome="assigned").order_by("id")
        assert sorted(said) == sorted((one.contact_id, tuple(one.person_ids), one.at) for one in moved)
        assert 9 == len(said) == sum(figures.moves.values())
        assert figures.swept
        assert 3 == figures.swept.ended == Round.objects.filter(state="ended").count()
        assert figures.swept.people_of_today
        again = replay_history(rule_set, since=AT, until=AT + 12 * HOUR)
        shown = show_figures(again, rule_set=rule_set, since=AT, until=AT + 12 * HOUR)["sweeps"]["moves"]
        assert {(rule, who) for rule in ("Rescatar", "De entonces") for who in ("Bruno", "Carla")} == {
            (one["description"], one["name"]) for one in shown
        }
