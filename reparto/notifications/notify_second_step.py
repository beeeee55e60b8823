"""
Tell somebody in the notification centre that their second step was taken off, in the transaction that did it.

It pushes nothing: a lost phone is no place to say so. The mail is `people.mail_second_step`.
"""

from datetime import datetime

from reparto.kit.live import publish
from reparto.people.models import Person

from .models import Notification

KIND = "second_step"


def notify_second_step(person: Person, *, at: datetime) -> None:
    """Write one notification."""
    Notification.objects.create(
        organization_id=person.organization_id, person=person, kind=KIND, created_at=at, shown_from=at
    )
    publish(person.organization_id, "notifications", [person.pk])
