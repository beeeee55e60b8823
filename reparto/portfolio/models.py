"""
Table of the portfolio: which client of which account belongs to which executives.

It assigns nobody; the desk reads it.
"""

from django.db import models

from reparto.channels.models import Account
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Person


class DirectAssignment(OfOrganization):
    """One row of the list of one account: client → primary, backup, supervisor."""

    account = Reference[Account, Account]("channels.Account")
    identifier = models.CharField(max_length=320)  #: as the file had it
    kind = models.CharField(max_length=10)  #: of the address: phone, email, bsuid
    key = models.CharField(max_length=320)
    primary = Reference[Person, Person]("people.Person")
    backup = Reference[Person | None, Person | None]("people.Person", null=True)
    supervisor = Reference[Person | None, Person | None]("people.Person", null=True)

    class Meta:
        """A client stands once in the list of an account."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "account", "kind", "key"], name="portfolio_directassignment_one"
            )
        ]
