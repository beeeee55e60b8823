"""The portfolio, client by client: who attends a client of an account. Files are taken in elsewhere."""

from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from reparto.portfolio.add_direct_assignment import (
    DirectAssignmentDraft,
    add_direct_assignment,
    show_direct_assignment,
)
from reparto.portfolio.models import DirectAssignment
from reparto.portfolio.queries import direct_assignments
from reparto.portfolio.remove_direct_assignment import remove_direct_assignment

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import MAX_ID, Answer, Id, Line, Page, PathId, Shape

router = Router(tags=["direct assignments"])


class DirectAssignmentBody(Shape):
    """A client of an account, and who attends them, in this order."""

    account_id: Id
    identifier: Line
    primary_id: Id
    backup_id: Id | None = None
    supervisor_id: Id | None = None


class DirectAssignmentAnswer(Answer):
    """A row of the portfolio."""

    id: int
    account_id: int
    identifier: str
    primary_id: int
    backup_id: int | None
    supervisor_id: int | None


class PortfolioWindow(Window):
    """Of which account."""

    account_id: Annotated[int | None, Field(ge=1, le=MAX_ID)] = None


def show_row(row: DirectAssignment) -> dict[str, Any]:
    """Return a row as the contract names its fields."""
    return {"id": row.pk} | show_direct_assignment(row)


@router.get("/direct-assignments", response=Page[DirectAssignmentAnswer])
@action("portfolio.manage")
def list_direct_assignments(request: ApiRequest, window: Query[PortfolioWindow]) -> dict[str, Any]:
    """List the portfolio, newest first."""
    page, after = cut_page(direct_assignments(window.account_id), window)
    return answer_page([show_row(row) for row in page], after)


@router.post("/direct-assignments", response={201: DirectAssignmentAnswer})
@action("portfolio.manage")
def create_direct_assignment(request: ApiRequest, body: DirectAssignmentBody) -> dict[str, Any]:
    """Put a client into the portfolio of an account."""
    draft = DirectAssignmentDraft(**body.model_dump())
    return show_row(add_direct_assignment(draft, actor=request.actor, at=request.at))


@router.delete("/direct-assignments/{row_id}", response={204: None})
@action("portfolio.manage")
def delete_direct_assignment(request: ApiRequest, row_id: PathId) -> None:
    """Take a client out of the portfolio of an account."""
    remove_direct_assignment(row_id, actor=request.actor, at=request.at)
