"""
Carry a notification by mail to whoever chose so, in their language.

It leaves at most once: a mail that may have left is not sent again.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from reparto.kit.clock import now
from reparto.kit.models import Outbox
from reparto.kit.outbox import Refused
from reparto.kit.send_mail import send_mail
from reparto.kit.tenancy import in_organization

from .check_wanted import check_wanted
from .mails_of_decisions import mailed_together
from .name_together import name_together


class NoticeCarrier:
    """Sends rows of kind `mail.notice`."""

    def send(self, row: Outbox) -> str:
        """Send one mail. Raises TryLater, ResultUnknown or Refused."""
        if not settings.MAILERS:
            raise Refused("This installation sends no mail.")
        with in_organization(row.organization_id):
            wanted = check_wanted(row.body["notification_id"], at=now())
            if mailed_together(wanted.notice.pk):
                raise Refused("The mail of its rule tells of the same.")
            with translation.override(wanted.person.language):
                words = wanted.words()
                names = name_together(wanted.notice, actor=wanted.actor) if wanted.tells_of_many else ""
                ending = gettext("You chose to hear of this by mail. Change it here: %(link)s")
        subject = " ".join(f"{words.title}: {words.text}".removesuffix(": ").split())
        choices = ending % {"link": f"{settings.BASE_URL}/perfil/notificaciones"}
        parts = (subject, names, f"{settings.BASE_URL}{words.path}", f"{choices}\n")
        text = "\n\n".join(part for part in parts if part)
        send_mail(EmailMessage(subject, text, to=[wanted.person.email]))
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Nothing stands beside the row."""
