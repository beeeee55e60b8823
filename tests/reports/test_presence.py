"""People present: those whom the desk could have given something at that hour (BY-35)."""

from datetime import timedelta

import pytest

from reparto.kit.choose_period import Period
from reparto.people.add_absence import AbsenceDraft, add_absence
from reparto.people.change_settings import change_settings
from reparto.people.set_hours import HoursDraft, set_hours
from reparto.reports.choose_scope import Scope
from reparto.reports.read_presence import read_presence
from tests.cast import AT, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


class TestPeoplePresent:
    """By hour of the day."""

    def test_are_not_on_leave_nor_off_shift(self) -> None:
        """BY-35: available or not, whoever is on leave or has another shift is not there; whoever is on shift is."""
        cast = a_company()
        change_settings("presence", {"sign_of_life": False}, actor=cast.admin, at=AT)
        everybody = (cast.alba, cast.bruno, cast.carla)
        a_rule(*everybody, admin=cast.admin)
        account = a_whatsapp_account(admin=cast.admin, auto=everybody)
        here = AT.date()
        whole = Period("custom", here, here, "UTC"), Scope(cast.admin, (), ())
        write(account, a_text(a_phone()))
        assert {AT.hour: 3.0} == read_presence(*whole, at=AT + timedelta(hours=3))

        leave = AbsenceDraft(AT, AT + timedelta(days=1))
        add_absence(cast.bruno.person_id, leave, actor=cast.admin, at=AT)
        for person, weekday in ((cast.alba, "tuesday"), (cast.carla, "friday")):
            set_hours(person.person_id, [HoursDraft(weekday, "06:00", "20:00")], actor=cast.admin, at=AT)
        later = AT + timedelta(hours=1)
        write(account, a_text(a_phone(), at=later), at=later)

        assert {AT.hour: 3.0, AT.hour + 1: 1.0} == read_presence(*whole, at=AT + timedelta(hours=3))
