"""UP-5: what an administrator's answer to a sweep that stopped to ask lets happen, and for how long."""

from datetime import timedelta

import pytest

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.models import Halt
from reparto.people.set_availability import set_availability
from tests.cast import AT, Cast, a_company
from tests.rows.late import DAY, HOUR, a_contact, a_rule, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """Return a company whose contacts are Alba's."""
    return a_company()


class TestTheAnswer:
    """Let them go on."""

    def test_holds_until_they_have_moved(self, company: Cast) -> None:
        """INV-22: whom nobody can take yet goes later without another question, for a day; then it is asked again."""
        a_rule(company, company.bruno)
        for _ in range(30):
            a_contact(company)
        set_availability(company.bruno.person_id, status="away", actor=company.bruno, at=AT)
        sweep(company, at=AT + 3 * HOUR)
        answer_halt(Halt.objects.get().pk, "go_on", actor=company.admin, at=AT + 3 * HOUR)

        for minutes in (1, 2, 20, 40):
            assert 0 == sweep(company, at=AT + 3 * HOUR + timedelta(minutes=minutes))
        assert ["goes_on"] == list(Halt.objects.values_list("state", flat=True))
        assert 0 == sweep(company, at=AT + 3 * HOUR + DAY)
        assert ["over", "asks"] == list(Halt.objects.order_by("id").values_list("state", flat=True))

        answer_halt(Halt.objects.latest("id").pk, "go_on", actor=company.admin, at=AT + 4 * HOUR + DAY)
        set_availability(company.bruno.person_id, status="available", actor=company.bruno, at=AT + 4 * HOUR + DAY)
        assert 30 == sweep(company, at=AT + 5 * HOUR + DAY)
        assert open_halt() is None
