"""
Tell somebody by mail that their second step was taken off, by the outbox: it leaves after the commit.

There is no link in it: nothing is to be done if it was asked for.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from reparto.kit.models import Outbox
from reparto.kit.outbox import Cause, put_in_outbox
from reparto.kit.send_mail import send_mail

from .actor import Actor
from .models import Person

KIND = "mail.second_step"


def mail_second_step(person: Person, *, actor: Actor, at: datetime) -> bool:
    """Put the mail into the outbox; False when this installation sends none."""
    if not settings.MAILERS:
        return False
    body = {"to": person.email, "name": person.name, "language": person.language, "by": actor.name}
    put_in_outbox(person.organization_id, Cause(KIND, f"{person.pk}:{at.isoformat()}"), body=body, at=at)
    return True


class SecondStepCarrier:
    """Sends rows of kind `mail.second_step`. Sent twice it would be the same mail: no result is ever unknown."""

    def send(self, row: Outbox) -> str:
        """Send one mail. Raises TryLater or Refused."""
        send_mail(_write(row), repeatable=True)
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Nothing else is to be kept of it."""


def _write(row: Outbox) -> EmailMessage:
    with translation.override(row.body["language"]):
        subject = gettext("Your second step in Reparto was taken off")
        text = gettext(
            "Hello %(name)s:\n\n%(by)s took off the second step of your access: app, codes and passkeys. You are signed"
            " out everywhere; sign in with your password, and set up another in your profile.\n\nIf you did not ask for"
            " it, say so to your administrators at once."
        )
    return EmailMessage(subject, text % row.body, to=[row.body["to"]])
