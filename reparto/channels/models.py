"""
Tables of the doors to the world: accounts, and what each person may be given on each.

They know no contact and no conversation.
"""

from django.db import models

from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Group, Person


class Account(OfOrganization):
    """One WhatsApp number, mailbox, web form or phone line."""

    kind = models.CharField(max_length=10)  #: whatsapp, email, webform, phone
    name = models.CharField(max_length=200)
    group = Reference[Group, Group]("people.Group")
    key = models.CharField(max_length=64)  #: the last part of the hook's URL
    settings = models.JSONField(default=dict)  #: what is no secret
    secrets = models.BinaryField(default=bytes)  #: encrypted JSON of what is (kit.secrets)
    active = models.BooleanField(default=True)
    effort = models.PositiveSmallIntegerField(default=1, db_default=1)  #: of each conversation that begins on it
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class AccountMode(OfOrganization):
    """What one person may be given on one account; no row means `disabled`."""

    account = Reference[Account, Account]("channels.Account")
    person = Reference[Person, Person]("people.Person")
    mode = models.CharField(max_length=10)  #: disabled, enabled, auto
    cap = models.PositiveIntegerField(null=True)  #: effort units open at once on this account; null: no limit

    class Meta:
        """One mode a person and account."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "account", "person"], name="channels_accountmode_one")
        ]
        indexes = [
            # read_people: who has a cap, and how much they have open there.
            models.Index(
                fields=["organization", "person"],
                condition=models.Q(cap__isnull=False),
                name="channels_accountmode_capped",
            )
        ]


class MessageTemplate(OfOrganization):
    """A text that WhatsApp has approved, sent also when its window is closed; known to Meta by name and language."""

    account = Reference[Account, Account]("channels.Account")
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=20)
    body = models.TextField()  #: with its placeholders: {{1}}, {{2}} or {{name}}
    updated_at = models.DateTimeField()

    class Meta:
        """One an account, name and language."""

        constraints = [
            # composer: the templates of an account.
            models.UniqueConstraint(
                fields=["organization", "account", "name", "language"], name="channels_messagetemplate_once"
            )
        ]
