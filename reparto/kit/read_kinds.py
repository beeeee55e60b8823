"""
Several kinds of rows as one list, newest first, cut into pages by the place of the last row; no page costs more than
the first.

It draws nothing and asks nobody's permission: whoever calls it hands over rows that the viewer may see.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from .clock import YEARS

PLACE = re.compile(r"([0-9T:.+-]{20,40})_([0-9])_([0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rows: where they are, and by which instant they are ordered."""

    rows: QuerySet[Any]
    at: str


#: Draws the rows of a kind, in their order.
type Draw = Callable[[Sequence[Any]], Iterable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended; of rows of one instant the kind counts, then the id."""

    at: datetime
    kind: int
    id: int


def ask_page(kinds: Sequence[Kind], before: str, *, size: int) -> list[QuerySet[Any]]:
    """Return the question of each kind for a page; they can be read together."""
    place = read_place(before)
    asked = []
    for number, kind in enumerate(kinds):
        rows = kind.rows if place is None else kind.rows.filter(_older(place, number, kind.at))
        asked.append(rows.order_by(f"-{kind.at}", "-id")[: size + 1])
    return asked


def read_page(
    kinds: Sequence[Kind], newest: Sequence[QuerySet[Any]], draws: Sequence[Draw], *, size: int
) -> tuple[list[dict[str, Any]], str]:
    """Return the entries of a page that was asked, and the place where the next one begins; "" when there is none."""
    found: list[tuple[datetime, int, int, Any]] = []
    for number, (kind, rows) in enumerate(zip(kinds, newest, strict=True)):
        found += [(getattr(row, kind.at), number, row.pk, row) for row in rows]
    found.sort(key=lambda one: one[:3], reverse=True)
    page = found[:size]
    drawn = _draw(draws, page)
    last = page[-1] if len(found) > size else None
    return [drawn[one[1], one[2]] for one in page], f"{last[0].isoformat()}_{last[1]}_{last[2]}" if last else ""


def _older(place: Place, number: int, at: str) -> Q:
    before = Q(**{f"{at}__lt": place.at})
    same = Q(**{at: place.at})
    if number == place.kind:
        return before | (same & Q(pk__lt=place.id))
    return before | same if number < place.kind else before


def _draw(
    draws: Sequence[Draw], page: Sequence[tuple[datetime, int, int, Any]]
) -> dict[tuple[int, int], dict[str, Any]]:
    drawn: dict[tuple[int, int], dict[str, Any]] = {}
    for number, draw in enumerate(draws):
        rows = [one[3] for one in page if one[1] == number]
        drawn |= {(number, row.pk): entry for row, entry in zip(rows, draw(rows) if rows else (), strict=True)}
    return drawn


def read_place(before: str) -> Place | None:
    """Return where a page begins; None when a text says no place."""
    match = PLACE.fullmatch(before)
    try:
        at = datetime.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
    if match is None or at is None or at.tzinfo is None or at.year not in YEARS:
        return None
    return Place(at, int(match[2]), int(match[3]))
