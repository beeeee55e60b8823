"""Compose the list's filter with the builder of rules, groups, *or* and *not*; it becomes the address (UX-10)."""

import json
from collections.abc import Mapping
from functools import reduce
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds
from reparto.contacts.read_filter import read_filter
from reparto.engine import BadFilter, parse_filter
from reparto.kit.faults import Fault, Faults

from ..filters.change_tree import change_tree
from ..filters.filter_of_tree import filter_of_tree
from ..filters.filter_tree import Group, Path
from ..filters.place_faults import place_faults
from ..filters.read_tokens import read_tokens
from ..filters.show_tree import show_tree
from ..filters.tree_of_filter import tree_of_filter
from ..page import Page
from .list_query import MOST_FILTERS, ListQuery, read_list_query, write_filter
from .view_dialogs import lead


class ComposeFilter(Page):
    """`/contactos/filtro/componer?<the list's address>`."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the filter of the list."""
        query = read_list_query(request.GET)
        return self._draw(query, _tree_of(query))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take a step inside the builder, or lead to the list with the filter."""
        query, tree = read_list_query(request.GET), read_tokens(request.POST.getlist("f"))
        if steps := request.POST.getlist("step"):
            return self._draw(query, reduce(change_tree, steps, tree))
        written, places = filter_of_tree(tree, custom=custom_kinds())
        faults = _faults_of(written, tree)
        if faults:
            return self._draw(query, tree, place_faults(faults, places), status=422)
        return lead(self, query.url(filter=write_filter(written)))

    def _draw(
        self, query: ListQuery, tree: Group, faults: Mapping[Path, str] | None = None, *, status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "tree": show_tree(tree, faults or {}, actor=self.actor),
            "url": reverse("contacts_filter_compose") + query.query(),
            "back": query.here(),
            "fields_id": "filter-fields",
            "without": gettext("Without filters the list shows everybody."),
        }
        if self.by_htmx:
            part = "fields" if self.request.method == "POST" else "dialog"
            return self.show_part(f"contacts/compose.html#{part}", context, status=status)
        return self.show("contacts/compose.html", context, status=status)


def _tree_of(query: ListQuery) -> Group:
    """Return what the address says; a filter that cannot be read is begun anew."""
    try:
        stored = json.loads(query.filter or "{}")
        parse_filter(stored, custom=custom_kinds()) if stored else None
    except (ValueError, RecursionError, BadFilter):
        return Group()
    return tree_of_filter(stored)


def _faults_of(written: Mapping[str, Any], tree: Group) -> tuple[Fault, ...]:
    found = Faults()
    if written:
        read_filter(written, path="filters", faults=found)
    if len(tree.children) > MOST_FILTERS:
        found.add("filters", "too_many", gettext("At most %(most)s.") % {"most": MOST_FILTERS})
    return tuple(found.found)
