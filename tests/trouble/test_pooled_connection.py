"""A connection that one company used is handed to the next (INV-29)."""

from django.db import transaction

from reparto.contacts.models import Contact
from reparto.kit.tenancy import current_organization, in_organization
from tests.cast import a_contact
from tests.trouble.yard import Yard, settle


class TestAPooledConnection:
    """Transactions of several companies, one after the other, on one connection."""

    def test_forgets_whose_it_was(self, yard: Yard) -> None:
        """INV-29: after a committed transaction the same connection is nobody's, and sees no row of anybody."""
        first, second = settle("Primera"), settle("Segunda")
        for company in (first, second) * 20:
            with in_organization(company.organization_id):
                a_contact(admin=company.cast.admin)
            with transaction.atomic():
                assert current_organization() is None
                assert not Contact.objects.exists()

        for company in (first, second):
            with in_organization(company.organization_id):
                assert 20 == Contact.objects.count()
