"""What happened with a contact: whose it was, and all of it in one timeline."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router

from reparto.assignment.kinds_of import kinds_of
from reparto.assignment.queries import ledger_of
from reparto.contacts.contact_fields import INSTANT
from reparto.contacts.find_merge import ids_of_one
from reparto.contacts.queries import find_contact
from reparto.conversations.queries import visible_conversations
from reparto.kit.models import AuditEntry
from reparto.kit.read_kinds import ask_page, read_page, read_place

from .action import action
from .contact_work import FollowUpAnswer, show_follow_up
from .cut_page import Window, answer_page, bad_cursor, cut_page, open_cursor, seal_place
from .decisions import DecisionAnswer, show_decisions
from .request import ApiRequest
from .sales import SaleAnswer
from .shapes import Answer, Page, PathId, Values
from .show_messages import MessageAnswer, show_messages

router = Router(tags=["contacts"])


class OwnershipAnswer(Answer):
    """One span of the ledger: whose the contact was, or what became it; `decision_id` began it."""

    id: int
    contact_id: int
    person_id: int
    since: datetime
    until: datetime | None
    decision_id: int


class EditAnswer(Answer):
    """Who changed what, from what to what; nobody: the system."""

    id: int
    contact_id: int
    actor_id: int | None
    action: str
    before: Values | None
    after: Values | None


class StatusAnswer(Answer):
    """Who closed, put off or reopened a conversation; how it stood before and after."""

    id: int
    conversation_id: int
    actor_id: int | None
    before: Values
    after: Values


class EntryAnswer(Answer):
    """One thing that happened, under the name of its kind; calls are messages."""

    at: datetime
    kind: Literal["edit", "decision", "follow_up", "sale", "message", "status"]
    edit: EditAnswer | None = None
    decision: DecisionAnswer | None = None
    follow_up: FollowUpAnswer | None = None
    sale: SaleAnswer | None = None
    message: MessageAnswer | None = None
    status: StatusAnswer | None = None


@router.get("/contacts/{contact_id}/ownerships", response=Page[OwnershipAnswer])
@action("contact.view")
def list_ownerships(request: ApiRequest, contact_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List whose a contact was, and what became it, the span begun last first."""
    contact = find_contact(contact_id, actor=request.actor)
    page, after = cut_page(ledger_of(contact.pk), window)
    return answer_page(page, after)


@router.get("/contacts/{contact_id}/timeline", response=Page[EntryAnswer])
@action("contact.view")
def list_timeline(request: ApiRequest, contact_id: PathId, window: Query[Window]) -> dict[str, Any]:
    """List all that happened with a contact, newest first; only what was said in conversations that one may see."""
    contact = find_contact(contact_id, actor=request.actor)
    before = open_cursor(window.cursor).decode("ascii", "replace")
    if window.cursor and read_place(before) is None:
        raise bad_cursor()
    talks = visible_conversations(request.actor).filter(contact_id=contact.pk).order_by().values_list("pk", flat=True)
    kinds = kinds_of(contact.pk, one=ids_of_one(contact.pk), talks=list(talks))
    newest = ask_page(kinds, before, size=window.limit)
    entries, older = read_page(kinds, newest, DRAWS, size=window.limit)
    return answer_page(entries, seal_place(older.encode()) if older else None)


def _entries(
    kind: str, show: Callable[[Sequence[Any]], Iterable[Any]], *, at: str = "at"
) -> Callable[[Sequence[Any]], list[dict[str, Any]]]:
    def draw(rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {"at": getattr(row, at), "kind": kind, kind: shown} for row, shown in zip(rows, show(rows), strict=True)
        ]

    return draw


def _edit(entry: AuditEntry) -> dict[str, Any]:
    plain = {name: getattr(entry, name) for name in ("actor_id", "action")}
    states = {name: _values(getattr(entry, name)) for name in ("before", "after")}
    return {"id": entry.pk, "contact_id": entry.object_id, **plain, **states}


def _status(entry: AuditEntry) -> dict[str, Any]:
    states = {"before": entry.before or {}, "after": entry.after or {}}
    return {"id": entry.pk, "conversation_id": entry.object_id, "actor_id": entry.actor_id, **states}


def _values(state: dict[str, Any] | None) -> dict[str, Any] | None:
    """Write dates as text, as a contact's fields do."""
    if state is None:
        return None
    return {name: one.get(INSTANT, one) if isinstance(one, dict) else one for name, one in state.items()}


#: One of each kind of `kinds_of`, in its order.
DRAWS = (
    _entries("edit", lambda rows: map(_edit, rows)),
    _entries("decision", show_decisions),
    _entries("follow_up", lambda rows: map(show_follow_up, rows)),
    _entries("sale", lambda rows: rows),
    _entries("message", show_messages, at="sent_at"),
    _entries("status", lambda rows: map(_status, rows)),
)
