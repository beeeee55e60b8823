"""
Carry the link for a new password by SMTP, in the language of whoever asked for it.

The outbox calls it and decides when to try again. A link that was used or replaced meanwhile is not sent.
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
from .mail_password_link import DOOR


class PasswordLinkCarrier:
    """Sends rows of kind `mail.password`. Sent twice it would be the same link: no result is ever unknown."""

    def send(self, row: Outbox) -> str:
        """Send one mail. Raises TryLater or Refused."""
        key = decrypt_secrets(row.body.get("sealed", "").encode(), keys=sealing_keys()).get("key", "")
        with in_organization(row.organization_id):
            if open_door(DOOR, key, at=now()) is None:
                raise Refused("The link was used, replaced by a newer one, or has expired.")
        send_mail(_write(row, f"{settings.BASE_URL}/cuenta/clave/nueva/{key}/"), repeatable=True)
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Forget the key once it is not needed any more."""
        if row.state != "pending":
            row.body = {name: value for name, value in row.body.items() if name != "sealed"}
            row.save(update_fields=["body"])


def _write(row: Outbox, link: str) -> EmailMessage:
    names = {"name": row.body["name"], "link": link}
    with translation.override(row.body["language"]):
        subject = gettext("A new password for Reparto")
        text = gettext(
            "Hello %(name)s:\n\nSomebody asked for a new password for your access. If it was you, choose it here:\n\n"
            "%(link)s\n\nThe link works once, for one hour. If it was not you, do nothing: your password stays as it"
            " is."
        )
    return EmailMessage(subject, text % names, to=[row.body["to"]])
