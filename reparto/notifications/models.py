"""
Table of what a person is told, and where it waits.

Whether somebody is told is decided elsewhere.
"""

from django.db import models

from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization, OfOrganizationByKey
from reparto.people.models import Person


class Notification(OfOrganizationByKey):
    """One thing a person is told."""

    person = Reference[Person, Person]("people.Person")
    kind = models.CharField(
        max_length=20
    )  #: assigned, mention, merged; of time-based rules: ended (a round), halt (a sweep), second_step
    contact_id = models.BigIntegerField(null=True)
    conversation_id = models.BigIntegerField(null=True)
    decision_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    shown_from = models.DateTimeField()  #: after the undo window of what caused it
    read_at = models.DateTimeField(null=True)
    key = models.CharField(
        max_length=60, default="", db_default=""
    )  #: of the job that gave several; "": one of its own
    number = models.PositiveIntegerField(default=1, db_default=1)  #: of contacts that it tells of

    class Meta:
        """One notification a person and job; indexes of the notification centre."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person", "key"],
                condition=~models.Q(key=""),
                name="notifications_one_per_job",
            )
        ]
        indexes = [
            # notification centre: what a person has not read, newest first.
            models.Index(fields=["organization", "person", "-id"], name="notifications_of_person")
        ]


class NotificationContact(OfOrganizationByKey):
    """One of the contacts that a notification of several tells of."""

    notification = Reference[Notification, Notification]("notifications.Notification")
    contact_id = models.BigIntegerField()
    decision_id = models.BigIntegerField()  #: that gave it

    class Meta:
        """A notification tells of a contact once."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "notification", "contact_id"], name="notifications_contact_once"
            )
        ]
        indexes = [
            # withdraw_notices: what was told of a decision that is taken back.
            models.Index(fields=["organization", "decision_id"], name="notifications_contact_decision")
        ]


class NotificationChoices(OfOrganization):
    """What somebody wants to hear outside of the product, and when not; without a row: push, and no mail."""

    person = Reference[Person, Person]("people.Person")
    push = models.JSONField(default=list)  #: kinds of notifications that come by web push
    mail = models.JSONField(default=list)  #: kinds that come by mail
    #: kinds that there were when they chose; one that came later follows its preset
    known = models.JSONField(db_default=["assigned", "mention", "merged"])
    quiet_since = models.TimeField(null=True)  #: in the person's zone; null with `quiet_until`: never quiet
    quiet_until = models.TimeField(null=True)

    class Meta:
        """One row a person."""

        constraints = [models.UniqueConstraint(fields=["organization", "person"], name="notifications_choices_one")]


class PushSubscription(OfOrganization):
    """A browser in which somebody wants to hear of what happens."""

    person = Reference[Person, Person]("people.Person")
    endpoint = models.CharField(max_length=1000)  #: where its push service takes what is for it
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    key = models.CharField(max_length=100)  #: the installation's public key for which it subscribed
    browser = models.CharField(max_length=60)  #: as people call it, "Firefox · Android"
    created_at = models.DateTimeField()

    class Meta:
        """A browser belongs to whoever used it last."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "endpoint"], name="notifications_pushsubscription_one")
        ]
        indexes = [
            # reach_out: the browsers of whoever is told.
            models.Index(fields=["organization", "person"], name="notifications_push_of_person")
        ]
