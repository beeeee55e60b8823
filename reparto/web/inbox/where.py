"""
Where in the inbox somebody is, as its address says: view, state, account, group, search, tab. All of it is in the URL.

It reads no table: an account that does not exist simply has no conversations.
"""

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from reparto.contacts.search_contacts import LIMIT
from reparto.conversations.list_inbox import ANY, STATUSES, VIEWS, Inbox, View

STEP = 30
MOST_SHOWN = 300
TABS = ("conversation", "contact")


@dataclass(frozen=True, slots=True)
class Where:
    """The part of the address after the question mark; presets are left out of it."""

    view: View = "mine"
    status: str = ""  #: empty: as preset, which is open, or any while one searches
    account: int | None = None
    group: int | None = None
    search: str = ""
    shown: int = STEP  #: rows of the list
    tab: str = "conversation"  #: of the details
    details: bool = False  #: open on a narrow screen

    @property
    def inbox(self) -> Inbox:
        """Which conversations the list shows."""
        return Inbox(self.view, self.state, self.account, self.group, self.search)

    @property
    def state(self) -> str:
        """The state that is shown: who searches looks everywhere unless they say otherwise."""
        return self.status or (ANY if self.search else "open")

    @property
    def is_narrowed(self) -> bool:
        """Say whether a filter hides some of the open conversations."""
        return self.status not in ("", "open") or self.account is not None or self.group is not None

    @property
    def query(self) -> str:
        """The query string with its question mark; empty when all is as preset."""
        presets = {field.name: field.default for field in fields(self)}
        chosen = {name: getattr(self, name) for name in presets if getattr(self, name) != presets[name]}
        said = {name: "1" if value is True else value for name, value in chosen.items()}
        return f"?{urlencode(said)}" if said else ""

    def url(self, conversation_id: int | None = None, /, **changes: Any) -> str:
        """Return the address of this place, or of one that differs from it."""
        place = replace(self, **changes)
        name = reverse("inbox") if conversation_id is None else reverse("conversation", args=[conversation_id])
        return name + place.query

    def part(self, name: str, /, *arguments: int, **changes: Any) -> str:
        """Return the address of a part or an act, keeping this place."""
        return reverse(name, args=arguments) + replace(self, **changes).query


def read_where(query: QueryDict) -> Where:
    """Read an address; whatever is unknown in it is as preset."""
    return Where(
        view=_one_of(query.get("view", ""), VIEWS),
        status=_one_of(query.get("status", ""), ("", *STATUSES, ANY)),
        account=_number(query.get("account", "")),
        group=_number(query.get("group", "")),
        search=query.get("search", "").strip()[:LIMIT],
        shown=min(max(_number(query.get("shown", "")) or STEP, STEP), MOST_SHOWN),
        tab=_one_of(query.get("tab", ""), TABS),
        details=query.get("details") == "1",
    )


def _one_of[T: str](given: str, known: tuple[T, ...]) -> T:
    return next((one for one in known if one == given), known[0])


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 18 else None
