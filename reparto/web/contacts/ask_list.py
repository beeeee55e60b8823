"""
What the list of contacts says beside its rows, and what its rows say beside their contacts: one statement each.

It draws nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery

from reparto.assignment.queries import waiting_rows
from reparto.contacts.models import Contact
from reparto.contacts.queries import address_rows, all_custom_fields, all_tags, tag_rows, visible_contacts
from reparto.conversations.find_missed_calls import missed_call_rows
from reparto.kit.ask_together import ask_together, counted, listed
from reparto.people.actor import Actor

from ..frame import MOST_COUNTED
from .find_rows import on_tab
from .list_query import TABS

#: Tags that the box of the bar suggests.
MOST_TAGS = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around the rows."""

    tabs: dict[str, int]  #: how many each tab has, up to `MOST_COUNTED` + 1; empty unless asked
    total: int  #: how many match; 0 unless asked
    tags: list[str]
    own_fields: list[dict[str, Any]]  #: key and label of the company's own fields, in their order


def ask_beside(actor: Actor, *, tabs: bool, matching: QuerySet[Contact] | None = None) -> Beside:
    """Return it; `matching` are those to be counted."""
    everything = visible_contacts(actor)
    questions: dict[str, Subquery] = {
        "suggested": listed(all_tags()[:MOST_TAGS], "name"),
        "own_fields": listed(all_custom_fields(), "key", "label"),
    }
    if tabs:
        questions |= {f"tab_{tab}": _counted(on_tab(everything, tab, actor)) for tab in TABS}
    if matching is not None:
        questions["matching"] = _counted(matching)
    found = ask_together(**questions)
    return Beside(
        tabs={tab: found[f"tab_{tab}"] for tab in TABS} if tabs else {},
        total=found.get("matching", 0),
        tags=[tag["name"] for tag in found["suggested"]],
        own_fields=found["own_fields"],
    )


def _counted(rows: QuerySet[Contact]) -> Subquery:
    return counted(rows, most=MOST_COUNTED + 1)


@dataclass(frozen=True, slots=True)
class Details:
    """What the rows of one page say beside their contacts, each by the contact's id."""

    addresses: dict[int, list[dict[str, Any]]]  #: kind, value, position; the one to use first
    tags: dict[int, list[str]]
    waiting: dict[int, datetime]  #: since when it waits for a decision
    missed: set[int]  #: who called and waits to be called back


def ask_details(contacts: Sequence[Contact]) -> Details:
    """Return it; only those who came by phone can be without anybody because of a call (LG-11)."""
    ids = [contact.pk for contact in contacts]
    rang = [contact.pk for contact in contacts if contact.account and contact.account.kind == "phone"]
    found = ask_together(
        addresses=listed(address_rows(ids), "contact_id", "kind", "value", "position"),
        marks=listed(tag_rows(ids), "contact_id", tag="tag__name"),
        waits=listed(waiting_rows(ids), "contact_id", "since"),
        missed=listed(missed_call_rows(rang), contact="conversation__contact_id"),
    )
    details = Details({}, {}, {}, {one["contact"] for one in found["missed"]})
    for address in found["addresses"]:
        details.addresses.setdefault(address["contact_id"], []).append(address)
    for mark in found["marks"]:
        details.tags.setdefault(mark["contact_id"], []).append(mark["tag"])
    for one in found["waits"]:
        details.waiting[one["contact_id"]] = datetime.fromisoformat(one["since"])
    return details
