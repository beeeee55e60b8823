"""
Store a sale to a contact: what was agreed, when, and who sold; a prospect becomes a client by it.

It asks nobody's permission and does not know whose the contact was then: `assignment.record_sale` does both.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.utils.translation import gettext

from reparto.kit.audit import record_audit, record_edit
from reparto.kit.clock import YEARS
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.people.actor import Actor

from .currency_of import CURRENCIES
from .models import Contact, Sale

#: As many as the column holds.
MOST = Decimal("999999999999.99")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SaleDraft:
    """What was agreed, and when."""

    amount: Decimal | None  #: None: what was written is no number
    currency: str
    at: datetime | None = None  #: None: now
    lead_id: int | None = None


def read_sale(draft: SaleDraft, *, at: datetime) -> SaleDraft:
    """Return a sale as it can be stored. Raises Invalid with all faults."""
    faults = Faults()
    amount, currency, agreed_at = draft.amount, draft.currency.strip().upper(), draft.at or at
    if amount is None or not amount.is_finite() or not CENT <= amount <= MOST:
        faults.add("amount", "not_an_amount", gettext("Write an amount above zero, such as 1250.50."))
    elif amount != amount.quantize(CENT):
        faults.add("amount", "too_precise", gettext("Write at most two decimals."))
    if currency not in CURRENCIES:
        faults.add("currency", "unknown_currency", gettext("Write the three letters of a currency, such as MXN."))
    if agreed_at.tzinfo is None or agreed_at.year not in YEARS or agreed_at > at:
        faults.add("at", "in_future", gettext("Write an instant that has passed."))
    if draft.lead_id is not None:
        # Nothing keeps sales attentions yet, so no id can be one.
        faults.add("lead_id", "unknown_lead", gettext("There is no such sales attention."))
    faults.check()
    return SaleDraft(amount, currency, agreed_at.astimezone(UTC))


def add_sale(contact: Contact, sale: SaleDraft, *, seller_id: int, actor: Actor, at: datetime) -> Sale:
    """Store a sale that `read_sale` returned; the caller holds the contact's row."""
    row = Sale(
        organization_id=actor.organization_id,
        contact=contact,
        amount=sale.amount or CENT,
        currency=sale.currency,
        at=sale.at or at,
        seller_id=seller_id,
        recorded_by_id=actor.person_id,
        recorded_at=at,
    )
    row.save(force_insert=True)
    record_audit(
        actor.person_id,
        "sale.record",
        object_kind="sale",
        object_id=row.pk,
        before=None,
        after=show_sale(row),
        at=at,
    )
    _make_client(contact, actor, at)
    publish(actor.organization_id, "contacts", [contact.pk])
    return row


def show_sale(row: Sale) -> dict[str, object]:
    """Return a sale as the audit keeps it."""
    return {
        "contact_id": row.contact_id,
        "amount": str(row.amount),
        "currency": row.currency,
        "at": row.at.isoformat(),
        "seller_id": row.seller_id,
    }


def _make_client(contact: Contact, actor: Actor, at: datetime) -> None:
    if contact.kind == "client":
        return
    former, contact.kind = contact.kind, "client"
    contact.version += 1
    contact.updated_at = at
    contact.save(update_fields=["kind", "version", "updated_at"])
    record_edit(
        actor.person_id,
        "contact.edit",
        object_kind="contact",
        object_id=contact.pk,
        states=({"kind": former}, {"kind": "client"}),
        at=at,
    )
