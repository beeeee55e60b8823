"""
What the address of the list says: tab, words, filter, page. The address is all the state that the list has (UX-10).

It reads no row.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reparto.contacts.sort_contacts import Order

TABS = ("all", "mine", "none", "team", "clients")
SIZES = (25, 50, 100)
#: The columns by which rows can be ordered, with the name of each order.
SORTS = {"name": "name", "created": "created", "last_follow_up": "follow_up"}
#: As many conditions as the filter bar takes.
MOST_FILTERS = 12


@dataclass(frozen=True, slots=True)
class ListQuery:
    """One address of the list."""

    tab: str = "all"
    words: str = ""
    filter: str = ""  #: JSON of the filter language; "" for none
    columns: str = ""  #: names with commas; "" for the person's own
    view: int | None = None  #: the saved view that was opened
    notice: int | None = None  #: the notification whose contacts alone are shown
    sort: str = ""  #: name, created, follow_up; "-" before it: the other way round; "" is newest first
    size: int = SIZES[0]
    before: int | None = None  #: the page of contacts behind this one
    after: int | None = None  #: the page of contacts before this one
    start: int = 0  #: how many rows come before this page

    def url(self, **changes: Any) -> str:
        """Return the address after a change; any but turning a page begins at the first page."""
        first = {"before": None, "after": None, "start": 0}
        return reverse("contacts") + replace(self, **{**first, **changes}).query()

    def here(self) -> str:
        """Return this very address."""
        return reverse("contacts") + self.query()

    def query(self) -> str:
        """Return the part after the path, presets left out."""
        given = {
            "tab": self.tab if self.tab != "all" else "",
            "q": self.words,
            "filter": self.filter,
            "cols": self.columns,
            "view": str(self.view or ""),
            "notice": str(self.notice or ""),
            "sort": self.sort,
            "size": str(self.size) if self.size != SIZES[0] else "",
            "before": str(self.before or ""),
            "after": str(self.after or ""),
            "start": str(self.start or ""),
        }
        kept = {name: value for name, value in given.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def order(self) -> Order:
        """The order of the rows."""
        key = self.sort.removeprefix("-")
        return Order(key, self.sort.startswith("-")) if key else Order()

    def sorted_by(self, column: str) -> str:
        """Return the address after a press on a column's head: that order, or the same the other way round."""
        key = SORTS[column]
        first, second = (key, f"-{key}") if column != "created" else ("", "created")
        return self.url(sort=second if self.sort == first else first)

    @property
    def conditions(self) -> list[Any]:
        """The parts that all have to hold; one part when the filter is another shape."""
        if not self.filter:
            return []
        try:
            stored = json.loads(self.filter)
        except (ValueError, RecursionError):
            return []
        if isinstance(stored, dict) and set(stored) == {"all"} and isinstance(stored["all"], list):
            return list(stored["all"])
        return [stored]

    def with_condition(self, condition: Mapping[str, Any]) -> str:
        """Return the address with one more condition; the same address when there are enough."""
        if len(self.conditions) >= MOST_FILTERS:
            return self.url()
        return self.url(filter=_written([*self.conditions, condition]))

    def without_condition(self, place: int) -> "ListQuery":
        """Return the query without the condition at a place, from its first page."""
        kept = [one for at, one in enumerate(self.conditions) if at != place]
        first = {"before": None, "after": None, "start": 0}
        return replace(self, filter=_written(kept), **first)  # type: ignore[arg-type]  # each has its own type

    @property
    def is_filtered(self) -> bool:
        """Say whether anything but the tab narrows the list."""
        return bool(self.words or self.filter or self.notice)


def read_list_query(given: Mapping[str, str]) -> ListQuery:
    """Return what an address says; what makes no sense counts as not said."""
    tab = given.get("tab", "")
    return ListQuery(
        tab=tab if tab in TABS else "all",
        words=given.get("q", "").strip()[:200],
        filter=given.get("filter", "")[:20_000],
        columns=given.get("cols", "")[:2_000],
        view=_number(given.get("view", "")),
        notice=_number(given.get("notice", "")),
        sort=sort if (sort := given.get("sort", "")).removeprefix("-") in SORTS.values() and sort != "-created" else "",
        size=size if (size := _number(given.get("size", ""))) in SIZES and size else SIZES[0],
        before=_number(given.get("before", "")),
        after=_number(given.get("after", "")),
        start=_number(given.get("start", "")) or 0,
    )


def write_filter(stored: Mapping[str, Any]) -> str:
    """Return a filter as an address has it; "" for none."""
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")) if stored else ""


def _written(conditions: list[Any]) -> str:
    return write_filter({"all": conditions} if conditions else {})


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
