"""
Table of what a person is told, and where it waits.

Whether somebody is told is decided elsewhere.
"""

from django.db import models

from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Person


class Notification(OfOrganization):
    """One thing a person is told."""

    person = Reference[Person, Person]("people.Person")
    kind = models.CharField(max_length=20)  #: assigned, mention, file
    contact_id = models.BigIntegerField(null=True)
    conversation_id = models.BigIntegerField(null=True)
    decision_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    shown_from = models.DateTimeField()  #: after the undo window of what caused it
    read_at = models.DateTimeField(null=True)

    class Meta:
        """Indexes of the notification centre."""

        indexes = [
            # notification centre: what a person has not read, newest first.
            models.Index(fields=["organization", "person", "-id"], name="notifications_of_person")
        ]
