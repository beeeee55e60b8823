"""Record a sale on a contact's profile, and cancel one that came to nothing."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext

from reparto.assignment.record_sale import record_sale
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.cancel_sale import cancel_sale
from reparto.kit.faults import Invalid

from ..page import Page
from .draw_sale import say_money
from .profile import Profile


class RecordSale(Profile):
    """`POST /contactos/{id}/ventas`: `amount`, `currency`, and `at` in the viewer's time zone; now, if not said."""

    action: ClassVar[str] = "contact.sale"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Record it and go back to the contact."""
        amount = read_amount(request.POST.get("amount", ""))
        try:
            draft = SaleDraft(amount, request.POST.get("currency", ""), self._at())
            sale = record_sale(contact_id, draft, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.again(contact_id, "sale", invalid)
        said = gettext("Sale of %(money)s recorded.") % {"money": say_money(sale.amount, sale.currency)}
        return self.done(said, to=reverse("contact", args=[contact_id]))

    def _at(self) -> datetime:
        """What is no instant counts as not said."""
        try:
            written = datetime.fromisoformat(self.request.POST.get("at", ""))
        except ValueError:
            return self.at
        return written if written.tzinfo else written.replace(tzinfo=ZoneInfo(self.actor.time_zone))


class CancelSale(Page):
    """`POST /contactos/{id}/ventas/{sale}/anular`."""

    action: ClassVar[str] = "contact.sale"

    def post(self, _request: HttpRequest, contact_id: int, sale_id: int) -> HttpResponse:
        """Cancel it; it stays in the history."""
        cancel_sale(contact_id, sale_id, actor=self.actor, at=self.at)
        return self.done(gettext("Sale cancelled: it counts as none."), to=reverse("contact", args=[contact_id]))


def read_amount(written: str) -> Decimal | None:
    """Return an amount as people of the viewer's language write it, or with a point; None when it is no number."""
    try:
        return Decimal(formats.sanitize_separators(written.strip().replace(" ", "")))
    except InvalidOperation:
        return None
