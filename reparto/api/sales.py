"""Sales to a contact: recorded, listed, cancelled."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import BeforeValidator, Field, Strict, field_serializer

from reparto.assignment.record_sale import record_sale
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.cancel_sale import cancel_sale
from reparto.contacts.models import Sale
from reparto.contacts.queries import find_contact
from reparto.contacts.sales_of import sales_of

from .action import action
from .cut_page import Window, answer_page, cut_page
from .match_contact import match_contact
from .request import ApiRequest
from .shapes import Answer, Id, Instant, Page, PathId, Shape

router = Router(tags=["contacts"])


def _no_flag(raw: Any) -> Any:
    # To the library true is one.
    return str(raw).lower() if isinstance(raw, bool) else raw


#: A number, or the same in quotes for whoever wants to be exact.
Amount = Annotated[Decimal, Strict(False), BeforeValidator(_no_flag)]


class SaleBody(Shape):
    """What was agreed, and when; now, if not said."""

    amount: Amount
    currency: Annotated[str, Field(max_length=10, description="ISO 4217, such as MXN.")]
    at: Instant | None = None
    lead_id: Id | None = None


class SaleAnswer(Answer):
    """A sale; one that was cancelled counts as none."""

    id: int
    contact_id: int
    amount: Decimal
    currency: str
    at: datetime
    lead_id: int | None
    seller_id: int
    recorded_by_id: int
    recorded_at: datetime
    cancelled_at: datetime | None

    @field_serializer("amount")
    def as_number(self, amount: Decimal) -> float:
        """Write a number, as it is read."""
        return float(amount)


@router.get("/contacts/{contact_id}/sales", response=Page[SaleAnswer])
@action("contact.view")
def list_sales(request: ApiRequest, contact_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List the sales to a contact, the one recorded last first."""
    contact = find_contact(contact_id, actor=request.actor)
    page, after = cut_page(sales_of(contact.pk).order_by("-id"), window)
    return answer_page(page, after)


@router.post("/contacts/{contact_id}/sales", response={201: SaleAnswer})
@action("contact.sale")
def create_sale(request: ApiRequest, contact_id: PathId, body: SaleBody) -> Sale:
    """Record a sale; a prospect with a sale becomes a client."""
    match_contact(request, contact_id)
    draft = SaleDraft(body.amount, body.currency, body.at, body.lead_id)
    return record_sale(contact_id, draft, actor=request.actor, at=request.at)


@router.post("/contacts/{contact_id}/sales/{sale_id}/cancel", response=SaleAnswer)
@action("contact.sale")
def cancel(request: ApiRequest, contact_id: PathId, sale_id: PathId) -> Sale:
    """Cancel a sale that came to nothing or was refunded."""
    match_contact(request, contact_id)
    return cancel_sale(contact_id, sale_id, actor=request.actor, at=request.at)
