"""
Cut one page out of a list by the place of its last row; never by counting rows, so no page costs more than the first.

A cursor is opaque and only ever a bound: it cannot show what the list does not hold.
"""

import base64
import binascii
import re
from typing import Annotated, Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext
from pydantic import BaseModel, Field

from reparto.kit.faults import Fault, Invalid

from .shapes import MAX_ID

PLACE = re.compile(rb"after:([0-9]{1,19})")


class Window(BaseModel):
    """Which part of a list is wanted."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=100)] = ""


def cut_page[Row: Model](rows: QuerySet[Row], window: Window, *, by: str = "-id") -> tuple[list[Row], str | None]:
    """
    Return one page and the cursor of the next, ordered by one unique whole number.

    Raises:
        Invalid: The cursor is none of ours.

    """
    column = by.removeprefix("-")
    bounded = rows.order_by(by)
    if window.cursor:
        side = "lt" if by.startswith("-") else "gt"
        bounded = bounded.filter(**{f"{column}__{side}": _read_cursor(window.cursor)})
    found = list(bounded[: window.limit + 1])
    page = found[: window.limit]
    return page, _write_cursor(getattr(page[-1], column)) if len(found) > window.limit else None


def answer_page(items: list[Any], next_cursor: str | None) -> dict[str, Any]:
    """Return a page as the contract describes it."""
    return {"items": items, "next_cursor": next_cursor}


def seal_place(place: bytes) -> str:
    """Return a place as a cursor, fit for an address."""
    return base64.urlsafe_b64encode(place).decode().rstrip("=")


def open_cursor(cursor: str) -> bytes:
    """Return the place that a cursor holds; what is no cursor holds none."""
    try:
        return base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""


def bad_cursor() -> Invalid:
    """Return what is raised for a cursor that is none of ours."""
    return Invalid((Fault("cursor", "bad_cursor", gettext("Use the next_cursor of the page before, as it is.")),))


def _write_cursor(place: int) -> str:
    return seal_place(b"after:%d" % place)


def _read_cursor(cursor: str) -> int:
    match = PLACE.fullmatch(open_cursor(cursor))
    if match is None or int(match[1]) > MAX_ID:
        raise bad_cursor()
    return int(match[1])
