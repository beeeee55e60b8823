"""
Contacts as the filter language sees them, many at once, in one query.

It reads what `fold_contact` stored, so that the engine judges the very letters that SQL compares; a
country is one word however it is stored.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from reparto.engine import Facts, fold_country

from .contact_fields import INSTANT
from .fold_contact import EPOCH
from .queries import facts_rows

#: Texts of which a contact can have several.
SEVERAL = frozenset({"email", "phone"})


def read_facts(contact_ids: Iterable[int], *, unowned: bool = False) -> dict[int, Facts]:
    """Return the facts of these contacts by id, in one query however many they are; `unowned`: as if nobody's."""
    rows = facts_rows(list(contact_ids))
    return {row["id"]: _facts(row | {"owner_id": None, "path": row["free_path"]} if unowned else row) for row in rows}


def _facts(row: Mapping[str, Any]) -> Facts:
    path = row["path"] or ""
    facts: dict[str, Any] = {name: _unfreeze(name, value) for name, value in json.loads(row["folded"]).items()}
    facts |= {
        "owner": row["owner_id"],
        "campaign": row["campaign_id"],
        "account": row["account_id"],
        "kind": row["kind"],
        "created": row["created_at"],
        "last_follow_up": row["last_follow_up_at"],
        "conversations": row["conversation_count"],
        "groups": frozenset(int(group_id) for group_id in path.strip("/").split("/") if group_id),
        "tags": frozenset(row["tags"] or ()),
    }
    return facts


def _unfreeze(name: str, value: Any) -> Any:
    if name == "country":
        return fold_country(str(value))
    if isinstance(value, list):
        return tuple(value) if name in SEVERAL else frozenset(value)
    if isinstance(value, dict):
        return EPOCH + timedelta(microseconds=value[INSTANT])
    return value
