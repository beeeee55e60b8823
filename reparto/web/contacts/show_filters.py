"""
The filter of an address as chips: each a phrase, with the address that leaves it out.

It judges no contact.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from reparto.channels.queries import accounts_by_id
from reparto.contacts.describe_condition import describe_condition, describe_field, ids_named
from reparto.contacts.name_fields import name_fields
from reparto.people.queries import all_campaigns, find_groups, find_people

from .list_query import ListQuery


def show_filters(query: ListQuery) -> list[dict[str, str]]:
    """Return the chips; a condition that is itself composed is one chip."""
    conditions = query.conditions
    names = _names([one for one in conditions if _is_leaf(one)])
    return [
        {**_chip(one, names), "remove_url": query.without_condition(place).here()}
        for place, one in enumerate(conditions)
    ]


def _chip(condition: Any, names: dict[tuple[str, int], str]) -> dict[str, str]:
    if not _is_leaf(condition):
        return {"field": pgettext("noun", "Filter"), "value": gettext("composed")}
    field = describe_field(condition["field"], names=names)
    phrase = describe_condition(condition, names=names)
    return {"field": field, "value": phrase.removeprefix(field).strip()}


def _is_leaf(condition: Any) -> bool:
    return isinstance(condition, dict) and isinstance(condition.get("field"), str) and "op" in condition


def _names(conditions: Sequence[dict[str, Any]]) -> dict[tuple[str, int], str]:
    asked = ids_named(conditions)
    people, groups, accounts, campaigns = (_ids(asked, kind) for kind in ("owner", "groups", "account", "campaign"))
    names = name_fields(asked)
    if people:
        names |= {("owner", person.pk): person.name for person in find_people(people)}
    if groups:
        names |= {("groups", group.pk): group.name for group in find_groups(groups)}
    if accounts:
        names |= {("account", key): account.name for key, account in accounts_by_id(accounts).items()}
    if campaigns:
        names |= {("campaign", row.pk): row.name for row in all_campaigns().filter(pk__in=campaigns)}
    return names


def _ids(asked: set[tuple[str, int]], field: str) -> set[int]:
    return {one for name, one in asked if name == field}
