"""
Contacts that a filter holds for, in SQL; where each field of the language is stored.

Rules judge the same filters in memory; a property test holds the two equal.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, Q, QuerySet

from reparto.channels.queries import accounts_in_groups
from reparto.engine import Node, spellings_of
from reparto.kit.filter_sql import Column, InJson, Members, Stored, filter_to_q
from reparto.people.queries import people_in_groups, root_among

from .models import Contact
from .queries import contacts_tagged, has_tags
from .read_facts import SEVERAL

COLUMNS = {
    "owner": "owner_id",
    "campaign": "campaign_id",
    "account": "account_id",
    "kind": "kind",
    "created": "created_at",
    "last_follow_up": "last_follow_up_at",
    "conversations": "conversation_count",
}


def filter_contacts(contacts: QuerySet[Contact], node: Node, *, at: datetime) -> QuerySet[Contact]:
    """Return those of the contacts for which a filter holds at an instant."""
    return contacts.filter(filter_to_q(node, at=at, where=where_stored))


def where_stored(field: str) -> Stored:
    """Return where a field of a contact is stored."""
    if field in COLUMNS:
        return Column(COLUMNS[field])
    if field in SETS:
        return SETS[field]
    # A country was stored as it was written once, and is one value all the same.
    spellings = spellings_of if field == "country" else None
    return InJson("folded", field, several=field in SEVERAL, spellings=spellings)


def _tagged(words: Sequence[Any]) -> Q:
    return Q(pk__in=contacts_tagged(words))


def _in_groups(group_ids: Sequence[Any]) -> Q:
    # A contact is in its owner's group and in all above it; without an owner in that of its account, else in the root.
    owned = Q(owner_id__isnull=False, owner_id__in=people_in_groups(group_ids))
    came = Q(owner_id__isnull=True, account_id__isnull=False, account_id__in=accounts_in_groups(group_ids))
    return owned | came | Q(owner_id__isnull=True, account_id__isnull=True) & Q(Exists(root_among(group_ids)))


def _untagged() -> Q:
    return Q(~has_tags())


def _in_no_group() -> Q:
    return Q(pk__in=[])  # the root at least


SETS = {"tags": Members(_tagged, _untagged), "groups": Members(_in_groups, _in_no_group)}
