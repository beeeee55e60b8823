"""What a person may do, and how they get in: what the forms of people preset, and what an administrator takes off."""

import re

import pytest

from reparto.people.models import Person
from reparto.people.person_draft import GrantDraft
from reparto.people.queries import grants_of
from tests import cast
from tests.cast import Cast
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


def chosen(page: str, name: str) -> list[str]:
    """Return what each select of a name sends while nobody touches it."""
    selects = re.findall(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.DOTALL)
    return [(re.findall(r'value="(\w*)" selected', one) or re.findall(r'value="(\w*)"', one))[0] for one in selects]


class TestTheFormOfANewPerson:
    def test_opens_the_company_to_nobody_by_itself(self, company: Cast) -> None:
        """LG, whose a contact is to see: the group is asked for, and a role is over it unless another is chosen."""
        admin = Visitor(company.admin)
        page = text(admin.get("/agentes/nueva"))
        assert [""] == chosen(page, "group_id")
        assert {""} == set(chosen(page, "over"))
        form = {"name": "Dora", "email": cast.an_email("dora"), "role": "agent", "over": "", "language": "es"}
        form |= {"time_zone": "America/Bogota", "capacity": ""}

        refused = admin.post("/agentes/nueva", **form, group_id="")
        admin.post("/agentes/nueva", **form, group_id=company.north_id)

        assert (422, [""]) == (refused.status_code, chosen(text(refused), "group_id"))
        assert (GrantDraft("agent", company.north_id),) == grants_of(Person.objects.get(name="Dora"))
