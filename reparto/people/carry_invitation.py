"""
Carry an invitation by SMTP, in the language of whoever is invited.

The outbox calls it and decides when to try again. An invitation that was withdrawn or used meanwhile is not sent.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from reparto.kit.clock import now
from reparto.kit.door import open_door
from reparto.kit.models import Outbox
from reparto.kit.outbox import Refused
from reparto.kit.secrets import decrypt_secrets
from reparto.kit.send_mail import send_mail
from reparto.kit.tenancy import in_organization

from .mail_invitation import sealing_keys


class InvitationCarrier:
    """Sends rows of kind `mail.invitation`. Sent twice it would be the same link: no result is ever unknown."""

    def send(self, row: Outbox) -> str:
        """Send one mail. Raises TryLater or Refused."""
        key = decrypt_secrets(row.body.get("sealed", "").encode(), keys=sealing_keys()).get("key", "")
        with in_organization(row.organization_id):
            if open_door("invitation", key, at=now()) is None:
                raise Refused("The invitation was withdrawn or used.")
        message = _write(row, f"{settings.BASE_URL}/invitations/{key}/")
        send_mail(message, repeatable=True)
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Forget the key once it is not needed any more."""
        if row.state != "pending":
            row.body = {name: value for name, value in row.body.items() if name != "sealed"}
            row.save(update_fields=["body"])


def _write(row: Outbox, link: str) -> EmailMessage:
    names = {"name": row.body["name"], "company": row.body["company"], "link": link}
    with translation.override(row.body["language"]):
        subject = gettext("%(company)s invites you to Reparto") % names
        text = gettext(
            "Hello %(name)s:\n\n%(company)s shares its contacts out with Reparto, and you have an access.\n"
            "Choose your password here:\n\n%(link)s\n\nThe link works once, for 72 hours. If you did not expect this"
            " message, you need do nothing."
        )
    return EmailMessage(" ".join(subject.split()), text % names, to=[row.body["to"]])
