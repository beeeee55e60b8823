"""What was genuine but could not be understood, in sight of an administrator."""

from datetime import datetime
from typing import Any

from ninja import Query, Router

from reparto.intake.models import Quarantine
from reparto.intake.queries import quarantined

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Page

router = Router(tags=["quarantine"])


class QuarantineAnswer(Answer):
    """A part of a delivery that could not be understood: where it stood, why, and what it was."""

    id: int
    delivery_id: int
    account_id: int
    position: str
    reason: str
    fragment: Any
    created_at: datetime
    seen_at: datetime | None


def show_quarantine(row: Quarantine) -> dict[str, Any]:
    """Return a part that was set aside as the contract names its fields."""
    return {
        "id": row.pk,
        "delivery_id": row.delivery_id,
        "account_id": row.delivery.account_id,
        "position": row.position,
        "reason": row.reason,
        "fragment": row.fragment,
        "created_at": row.created_at,
        "seen_at": row.seen_at,
    }


@router.get("/quarantine", response=Page[QuarantineAnswer])
@action("quarantine.view")
def list_quarantine(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List what was set aside, newest first."""
    page, after = cut_page(quarantined(), window)
    return answer_page([show_quarantine(row) for row in page], after)
