"""The company that is founded beforehand and lent to every test (`ready_company.py`)."""

import pytest
from django.db import transaction

from reparto.contacts.models import Contact
from reparto.people.models import Group
from reparto.people.queries import root_group
from tests.cast import NAME, a_company, a_contact

pytestmark = pytest.mark.django_db


class TestTheCompanyLent:
    @pytest.mark.parametrize("time", ["once", "again"])
    def test_is_as_it_was_founded(self, time: str) -> None:
        """Whatever a test does to it, the next one finds it as new."""
        cast = a_company()

        assert NAME == root_group().name
        assert not Contact.objects.exists()
        a_contact(admin=cast.admin)
        Group.objects.filter(pk=cast.root_id).update(name=f"Changed {time}")

    def test_is_lent_once(self) -> None:
        """Who asks for another gets another."""
        one, other = a_company(), a_company()

        assert one.organization_id != other.organization_id

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("time", ["once", "again"])
    def test_is_never_lent_to_who_commits(self, time: str) -> None:
        """A test whose work stays gets a company of its own."""
        with transaction.atomic():
            a_contact(admin=a_company().admin)
        with transaction.atomic():
            a_company()
            assert not Contact.objects.exists()
