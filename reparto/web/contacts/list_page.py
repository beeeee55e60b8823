"""The list of contacts (LG-1, LG-4, LG-9): tabs, words, filters, owner in place, live."""

from typing import Any, ClassVar

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext

from reparto.contacts.queries import visible_contacts
from reparto.kit.faults import Invalid
from reparto.people.permissions import may

from ..frame import MOST_COUNTED
from ..page import Page
from .ask_list import Beside, ask_beside
from .columns import Column, columns_of
from .find_rows import Rows, find_rows, matching_contacts
from .list_query import MOST_FILTERS, SIZES, SORTS, TABS, ListQuery, read_list_query
from .show_bulk import bulk_bar
from .show_filters import show_filters
from .show_notice import show_notice
from .show_row import show_rows
from .show_views import show_views


class ContactList(Page):
    """`/contactos`; for htmx the rows alone, or the tabs alone (`part=tabs`)."""

    action: ClassVar[str] = "contact.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page of the list that the address names."""
        query = read_list_query(request.GET)
        self.section = "unassigned" if query.tab == "none" else "contacts"  # type: ignore[misc]  # of this request
        if self.by_htmx and request.GET.get("part") == "tabs":
            tabs = self._tabs(query, ask_beside(self.actor, tabs=True))
            views = show_views(query, self.frame.views, self.actor)
            return self.show_part("contacts/list.html#tabs", {"query": query, "tabs": tabs, "views": views})
        room, beside = self._room(query)
        context = {"query": query, **room}
        if self.by_htmx:
            return self.show_part("contacts/list.html#room", context)
        filters = show_filters(query)
        context |= {
            "tabs": self._tabs(query, beside),
            "filters": [*show_notice(query, self.actor, at=self.at), *filters],
            "most_filters": MOST_FILTERS,
            "views": show_views(query, self.frame.views, self.actor),
            "full": len(filters) >= MOST_FILTERS,
            "may_create": may(self.actor, "contact.create"),
        }
        return self.show("contacts/list.html", context)

    def _tabs(self, query: ListQuery, beside: Beside) -> list[dict[str, Any]]:
        labels = {
            "all": pgettext("contacts", "All"),
            "mine": pgettext("contacts", "Mine"),
            "none": pgettext("filter", "Unassigned"),
            "team": gettext("My team"),
            "clients": gettext("Clients"),
        }
        return [
            {
                "key": tab,
                "label": labels[tab],
                "count": beside.tabs[tab],
                "shown": _short(beside.tabs[tab]),
                "url": query.url(tab=tab, view=None, columns=""),
                "on": tab == query.tab and query.view is None,
            }
            for tab in TABS
        ]

    def _room(self, query: ListQuery) -> tuple[dict[str, Any], Beside]:
        """Return the rows with their bar and pages, and what was asked together with their number."""
        whole = not self.by_htmx
        try:
            matching = matching_contacts(query, self.actor, at=self.at)
        except Invalid as invalid:
            return {"rows": [], "total": 0, "empty": _unreadable(query, invalid)}, ask_beside(self.actor, tabs=whole)
        rows = find_rows(query, matching, seen=visible_contacts(self.actor))
        # A tab by itself is counted with the tabs already.
        plain = whole and not query.is_filtered
        uncounted = rows.fitting is None and not plain
        beside = ask_beside(self.actor, tabs=whole, matching=matching if uncounted else None)
        total = rows.fitting if rows.fitting is not None else beside.tabs[query.tab] if plain else beside.total
        columns = columns_of(query, self.person, beside.own_fields)
        shown = [one.pk for one in rows.contacts]
        bar = bulk_bar(query, self.actor, shown=shown, tags=beside.tags, total=total if total > len(shown) else 0)
        return {
            "columns": [_headed(column, query) for column in columns],
            "rows": show_rows(rows.contacts, self.actor, columns),
            "bar": bar,
            "total": total,
            "range": _range(query, rows, total),
            **_pages(query, rows),
            "sizes": [{"n": size, "url": query.url(size=size), "on": size == query.size} for size in SIZES],
            "empty": None if rows.contacts else self._empty(query),
        }, beside

    def _empty(self, query: ListQuery) -> dict[str, str]:
        """Say which of the kinds of nothing this is."""
        if query.is_filtered:
            return self._no_match(query)
        if query.tab == "none":
            said = gettext("Every contact that you see has somebody.")
            return {"kind": "done", "title": gettext("Nobody is left alone"), "text": said}
        if query.tab != "all":
            out = {"url": query.url(tab="all"), "label": gettext("See all")}
            said = gettext("No contact is on this tab.")
            return {"kind": "done", "title": gettext("Nothing here"), "text": said, **out}
        said = gettext("They arrive by themselves through your accounts, or you write the first one.")
        return {"kind": "first", "title": gettext("No contacts yet"), "text": said, "icon_name": "users"}

    def _no_match(self, query: ListQuery) -> dict[str, str]:
        title = gettext("No contact matches")
        place = len(query.conditions) - 1
        wider = query.without_condition(place) if place >= 0 else read_list_query({"tab": query.tab})
        count = matching_contacts(wider, self.actor, at=self.at).order_by()[: MOST_COUNTED + 1].count()
        others = {"field": gettext("the words"), "value": query.words}
        if not query.words:
            others = {"field": gettext("the notification"), "value": ""}
        without = show_filters(query)[place] if place >= 0 else others
        said = gettext("Without «%(filter)s» there are %(count)s.")
        said %= {"filter": f"{without['field']} {without['value']}".strip(), "count": shown_count(count)}
        out = {"url": wider.here(), "label": gettext("Remove it")}
        return {"kind": "no_match", "title": title, "text": said, **out}


def _headed(column: Column, query: ListQuery) -> dict[str, Any]:
    """Return a column with what its head says of the order, and where a press on it leads."""
    head = {"name": column.name, "label": column.label, "width": column.width, "url": "", "sorted": ""}
    if column.name not in SORTS:
        return head
    falls = "descending" if query.order.falls else "ascending"
    here = query.order.key == SORTS[column.name]
    return head | {"url": query.sorted_by(column.name), "sorted": falls if here else ""}


def shown_count(count: int) -> str:
    """Write a count; beyond the most counted it says so."""
    return gettext("more than %(count)s") % {"count": MOST_COUNTED} if count > MOST_COUNTED else str(count)


def _short(count: int) -> str:
    """Write a count as tabs and heading show it, both alike."""
    return f"{intcomma(MOST_COUNTED)}+" if count > MOST_COUNTED else intcomma(count)


def _unreadable(query: ListQuery, invalid: Invalid) -> dict[str, str]:
    said = " ".join(fault.message for fault in invalid.faults[:3])
    out = {"url": query.url(filter=""), "label": gettext("Remove the filter")}
    return {"kind": "error", "title": gettext("This filter cannot be read"), "text": said, **out}


def _range(query: ListQuery, rows: Rows, total: int) -> str:
    if not rows.contacts:
        return ""
    first = query.start + 1
    numbers = {"first": first, "last": first + len(rows.contacts) - 1, "total": shown_count(total)}
    return gettext("%(first)s–%(last)s of %(total)s") % numbers


def _pages(query: ListQuery, rows: Rows) -> dict[str, str]:
    if not rows.contacts:
        return {"next": "", "previous": query.url() if rows.has_previous else ""}
    newest, oldest = rows.contacts[0].pk, rows.contacts[-1].pk
    back = max(0, query.start - query.size)
    following = query.url(before=oldest, start=query.start + len(rows.contacts))
    former = query.url(after=newest, start=back) if back else query.url()
    return {"next": following if rows.has_next else "", "previous": former if rows.has_previous else ""}
