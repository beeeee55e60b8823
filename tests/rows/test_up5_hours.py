"""UP-5, AD-6: the time of a rule in its owner's own working hours, and the holidays of where they are."""

from datetime import datetime, time, timedelta

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.read_bench import read_bench
from reparto.engine import Policy
from reparto.engine.eligibility import Ask, standing_refusal
from reparto.people.actor import Actor
from reparto.people.edit_person import edit_person
from reparto.people.models import WorkingHours
from tests import cast
from tests.cast import AT, Cast
from tests.rows.late import a_contact, a_rule, owner_of, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


class TestWorkingTime:
    def test_counts_in_the_owners_own_hours(self, company: Cast) -> None:
        """EC-37, BY-20: what came on Sunday is late two of its owner's working hours into Monday, not before."""
        _office_hours(company, company.alba)
        a_rule(company, company.bruno, trigger="no_first_followup", after="2 hours working")
        contact = a_contact(company)
        sunday = datetime(2026, 11, 22, 18, tzinfo=AT.tzinfo)
        assign_by_hand(contact.pk, owner_id=None, actor=company.admin, at=sunday)
        assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.admin, at=sunday)
        eleven = datetime(2026, 11, 23, 17, tzinfo=AT.tzinfo)

        assert 0 == sweep(company, at=eleven - timedelta(minutes=1))
        assert 1 == sweep(company, at=eleven)


class TestHolidays:
    def test_are_no_working_time_of_a_rule(self, company: Cast) -> None:
        """EC-35, UP-5: what came in the evening is late two working hours after a holiday, where there is one."""
        monday = datetime(2026, 12, 8, 0, 30, tzinfo=AT.tzinfo)  # in the evening, in Mexico City and in Bogotá
        contacts = []
        for person, zone in ((company.alba, "America/Bogota"), (company.bruno, "America/Mexico_City")):
            edit_person(person.person_id, {"time_zone": zone}, actor=company.admin, at=AT)
            _office_hours(company, person)
            contacts.append(cast.a_contact(admin=company.admin))
            assign_by_hand(contacts[-1].pk, owner_id=person.person_id, actor=company.admin, at=monday)
        a_rule(company, company.carla, trigger="no_first_followup", after="2 hours working")

        sweep(company, at=datetime(2026, 12, 8, 23, tzinfo=AT.tzinfo))
        assert [company.alba.person_id, company.carla.person_id] == [owner_of(one) for one in contacts]
        sweep(company, at=datetime(2026, 12, 9, 16, tzinfo=AT.tzinfo))
        assert company.carla.person_id == owner_of(contacts[0])

    def test_of_one_country_are_those_of_the_agents_there(self, company: Cast) -> None:
        """EC-35, AD-6: on a Colombian holiday whoever works in Bogotá is off shift, whoever works in Mexico is not."""
        monday = datetime(2026, 11, 2, 16, tzinfo=AT.tzinfo)
        for person, zone in ((company.alba, "America/Bogota"), (company.bruno, "America/Mexico_City")):
            edit_person(person.person_id, {"time_zone": zone}, actor=company.admin, at=AT)
            _office_hours(company, person)
        bench = read_bench(at=monday)
        ask, policy = Ask(None, None, None), Policy()

        there = standing_refusal(bench.agents[company.alba.person_id], ask, at=monday, policy=policy)
        here = standing_refusal(bench.agents[company.bruno.person_id], ask, at=monday, policy=policy)

        assert there is not None
        assert ("holiday", datetime(2026, 11, 3, 14, tzinfo=AT.tzinfo)) == (there.reason, there.until)
        assert here is None


def _office_hours(company: Cast, person: Actor) -> None:
    WorkingHours.objects.bulk_create(
        WorkingHours(
            organization_id=company.organization_id,
            person_id=person.person_id,
            weekday=day,
            since=time(9),
            until=time(18),
        )
        for day in range(5)
    )
