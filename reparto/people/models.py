"""
Tables of those who answer: groups, people, grants, campaigns, tokens, signs of life.

They know nothing of contacts or accounts.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization


class Group(OfOrganization):
    """A node of an organization's tree; the root has no parent."""

    name = models.CharField(max_length=200)
    parent = Reference["Group | None", "Group | None"]("people.Group", null=True)
    path = models.CharField(max_length=1000, default="")  #: ids from the root, "/1/4/", kept by the verbs
    position = models.PositiveIntegerField(default=0, db_default=0)  #: among those beside it; all 0: by name

    class Meta:
        """One root an organization."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(parent__isnull=True), name="people_group_one_root"
            )
        ]


class Person(AbstractBaseUser, OfOrganization):
    """Anybody with a login; belongs to exactly one organization."""

    group = Reference[Group, Group]("people.Group")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, unique=True)  # unique in the installation
    receives = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True)  #: effort units; null: no limit
    per_hour = models.PositiveIntegerField(null=True)  #: how many are given to them in an hour of the clock; null: any
    per_day = models.PositiveIntegerField(null=True)  #: and on one day of theirs
    availability = models.CharField(max_length=10, default="offline")  #: available, away, offline
    availability_reason = models.CharField(max_length=200, default="")
    availability_until = models.DateTimeField(null=True)
    #: While they are away, what is answered to them goes to others; else it stays with them.
    reassign_replies = models.BooleanField(default=True, db_default=True)
    language = models.CharField(max_length=10, default="es")
    time_zone = models.CharField(max_length=64, default="America/Mexico_City")
    preferences = models.JSONField(default=dict)  #: theme, single keys, density
    suspended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Who comes back by themselves."""

        indexes = [
            # queue: the organizations in which somebody's absence has ended.
            models.Index(
                fields=["organization", "availability_until"],
                condition=models.Q(availability_until__isnull=False),
                name="people_person_comes_back",
            )
        ]

    objects: ClassVar[BaseUserManager["Person"]] = BaseUserManager()  # type: ignore[assignment]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Say whether the person may sign in."""
        return self.suspended_at is None


class Grant(OfOrganization):
    """What a person may do, and where: a role over a group and all below it."""

    person = Reference[Person, Person]("people.Person")
    role = models.CharField(max_length=10)  #: admin, manager, operator, agent
    group = Reference[Group, Group]("people.Group")

    class Meta:
        """A role is granted once a group."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "person", "role", "group"], name="people_grant_once")
        ]


class Campaign(OfOrganization):
    """Contacts and the people who may take them."""

    name = models.CharField(max_length=200)


class CampaignMember(OfOrganization):
    """A person who may take the contacts of a campaign."""

    campaign = Reference[Campaign, Campaign]("people.Campaign")
    person = Reference[Person, Person]("people.Person")

    class Meta:
        """A member is a member once."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "campaign", "person"], name="people_campaignmember_once")
        ]


class Token(OfOrganization):
    """An API token, kept as a hash in `kit.Door`; acts with its person's permissions, narrowed by its scopes."""

    person = Reference[Person, Person]("people.Person")
    name = models.CharField(max_length=200)
    scopes = models.JSONField(default=list)  #: empty: all that the person may
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Presence(OfOrganization):
    """The last sign of life of a person. Narrow on purpose: it changes all the time."""

    person = Reference[Person, Person]("people.Person")
    seen_at = models.DateTimeField()

    class Meta:
        """One row a person."""

        constraints = [models.UniqueConstraint(fields=["organization", "person"], name="people_presence_one")]


class WorkingHours(OfOrganization):
    """One stretch of a person's weekly schedule, in their own time zone; none at all means always."""

    person = Reference[Person, Person]("people.Person")
    weekday = models.PositiveSmallIntegerField()  #: Monday is 0
    since = models.TimeField()
    until = models.TimeField()  #: before `since`: the stretch runs over midnight


class Absence(OfOrganization):
    """Leave with a beginning and an end."""

    person = Reference[Person, Person]("people.Person")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=200, default="")
