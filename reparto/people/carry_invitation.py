"""
Carry an invitation by SMTP, in the language of whoever is invited.

The outbox calls it and decides when to try again. An invitation that was withdrawn or used meanwhile is not sent.
"""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from reparto.kit.clock import now
from reparto.kit.door import open_door
from reparto.kit.models import Outbox
from reparto.kit.outbox import Refused, TryLater
from reparto.kit.secrets import decrypt_secrets
from reparto.kit.tenancy import in_organization

from .mail_invitation import sealing_keys

#: SMTP's words from here on are final; below, the server may take it later.
FINAL = 500


class InvitationCarrier:
    """Sends rows of kind `mail.invitation`. Sent twice it would be the same link: no result is ever unknown."""

    def send(self, row: Outbox) -> str:
        """Send one mail. Raises TryLater or Refused."""
        key = decrypt_secrets(row.body.get("sealed", "").encode(), keys=sealing_keys()).get("key", "")
        with in_organization(row.organization_id):
            if open_door("invitation", key, at=now()) is None:
                raise Refused("The invitation was withdrawn or used.")
        message = _write(row, f"{settings.BASE_URL}/invitations/{key}/")
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise _known(min(code for code, _ in error.recipients.values()), "the address was refused") from error
        except smtplib.SMTPResponseException as error:
            raise _known(error.smtp_code, type(error).__name__) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(f"The mail server cannot be reached: {type(error).__name__}.") from error
        except ValueError as error:
            raise Refused("The address cannot be written to.") from error
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Forget the key once it is not needed any more."""
        if row.state != "pending":
            row.body = {name: value for name, value in row.body.items() if name != "sealed"}
            row.save(update_fields=["body"])


def _known(code: int, what: str) -> Exception:
    # What the server said may quote the mail: only its code is kept.
    said = f"The mail server answered {code}: {what}."
    return Refused(said) if code >= FINAL else TryLater(said)


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
