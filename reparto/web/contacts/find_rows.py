"""
The contacts of one page of the list: keyset pages of whatever matches its address.

It draws nothing.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from reparto.contacts.filter_contacts import filter_contacts
from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.contacts.read_filter import read_filter
from reparto.contacts.search_contacts import search_contacts
from reparto.contacts.sort_contacts import sort_contacts
from reparto.kit.faults import Faults, Invalid
from reparto.notifications.queries import contact_ids_told
from reparto.people.actor import Actor

from .list_query import ListQuery


@dataclass(frozen=True, slots=True)
class Rows:
    """One page."""

    contacts: list[Contact]
    fitting: int | None  #: how many match, where all of them are here; None: they are still to be counted
    has_next: bool
    has_previous: bool


def find_rows(query: ListQuery, matching: QuerySet[Contact], *, seen: QuerySet[Contact]) -> Rows:
    """Return the page of what matches that the address names."""
    # What is there to be found by is not shown.
    order, matching = query.order, matching.defer("folded", "search")
    if query.after is not None:
        found = list(sort_contacts(matching, order.reverse, behind=query.after, seen=seen)[: query.size + 1])
        return Rows(found[: query.size][::-1], None, has_next=True, has_previous=len(found) > query.size)
    found = list(sort_contacts(matching, order, behind=query.before, seen=seen)[: query.size + 1])
    # What fits into the first page is counted already; a search need not be made twice.
    fits = query.before is None and len(found) <= query.size
    return Rows(found[: query.size], len(found) if fits else None, len(found) > query.size, query.before is not None)


def matching_contacts(query: ListQuery, actor: Actor, *, at: datetime) -> QuerySet[Contact]:
    """Return all that an address of the list stands for. Raises Invalid when its filter cannot be read."""
    contacts = on_tab(visible_contacts(actor), query.tab, actor)
    if query.notice is not None:
        contacts = contacts.filter(pk__in=contact_ids_told(query.notice, person_id=actor.person_id))
    if query.words:
        contacts = search_contacts(contacts, query.words)
    return _filtered(contacts, query.filter, at=at) if query.filter else contacts


def _filtered(contacts: QuerySet[Contact], written: str, *, at: datetime) -> QuerySet[Contact]:
    faults = Faults()
    try:
        raw = json.loads(written)
    except (ValueError, RecursionError):
        raw = None
    node = read_filter(raw, path="filter", faults=faults)
    if node is None:
        raise Invalid(tuple(faults.found))
    return filter_contacts(contacts, node, at=at)


def on_tab(contacts: QuerySet[Contact], tab: str, actor: Actor) -> QuerySet[Contact]:
    """Return those of a tab."""
    if tab == "mine":
        return contacts.filter(owner_id=actor.person_id)
    if tab == "none":
        return contacts.filter(owner_id__isnull=True)
    if tab == "team":
        return contacts.filter(_of_team(actor))
    return contacts.filter(kind="client") if tab == "clients" else contacts


def _of_team(actor: Actor) -> Q:
    """Return which contacts somebody has of the groups that the actor manages; who manages none has their own group."""
    led = {granted.group_path for granted in actor.grants if granted.role == "manager"}
    theirs = Q()
    for path in sorted(led) or [actor.group_path]:
        theirs |= Q(owner__group__path__startswith=path)
    return theirs
