"""
Which contacts a program means: whose, by which words, by which filter; only those that its person may see.

It changes none of them.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext

from reparto.contacts.filter_contacts import filter_contacts
from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.contacts.read_filter import read_filter
from reparto.contacts.search_contacts import search_contacts
from reparto.engine import Node
from reparto.kit.faults import Fault, Faults, Invalid

from .request import ApiRequest

#: Null would be a filter that cannot be read.
NO_FILTER = object()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of contacts is narrowed by; `at`: where faults stand."""

    owner: str = ""  #: none, me, or the id of a person
    search: str = ""
    filter: object = NO_FILTER  #: the filter language, parsed
    at: str = ""


def match_contacts(request: ApiRequest, wanted: Wanted) -> QuerySet[Contact]:
    """Return the contacts that fit. Raises Invalid."""
    rows = _owned(visible_contacts(request.actor), wanted, request)
    if wanted.filter is not NO_FILTER:
        rows = filter_contacts(rows, _read(wanted.filter, path=f"{wanted.at}filter"), at=request.at)
    return search_contacts(rows, wanted.search) if wanted.search.strip() else rows


def _owned(rows: QuerySet[Contact], wanted: Wanted, request: ApiRequest) -> QuerySet[Contact]:
    owner = wanted.owner
    if owner in ("", "none"):
        return rows.filter(owner_id__isnull=True) if owner else rows
    if owner == "me":
        return rows.filter(owner_id=request.actor.person_id)
    if not (owner.isascii() and owner.isdigit() and len(owner) < 19):
        said = gettext("Write none, me, or the id of a person.")
        raise Invalid((Fault(f"{wanted.at}owner", "unknown_choice", said),))
    return rows.filter(owner_id=int(owner))


def _read(raw: object, *, path: str) -> Node:
    faults = Faults()
    node = read_filter(raw, path=path, faults=faults)
    if node is None:
        faults.check()
        raise Invalid((Fault(path, "not_a_filter", gettext("This is no filter.")),))
    return node
