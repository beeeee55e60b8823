"""
The names behind the ids in rules: whom they assign to, and what their filters ask about.

Names are today's, in a fixed few queries however many rules there are.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reparto.channels.queries import accounts_by_id
from reparto.contacts.describe_condition import ids_named
from reparto.contacts.name_fields import name_fields
from reparto.people.queries import all_campaigns, find_groups, find_people

#: Names by field of the filter language and id; people are `owner`, groups `groups`.
Names = Mapping[tuple[str, int], str]


def read_rule_names(
    filters: Iterable[Mapping[str, Any]], *, assign_to: Iterable[Mapping[str, Any]] = ()
) -> dict[tuple[str, int], str]:
    """Return the names behind these filters and lists (at most five queries)."""
    asked = ids_named(leaf for one in filters for leaf in leaves_of_stored(one))
    targets = list(assign_to)
    ids = {field: {one for name, one in asked if name == field} for field in ("owner", "groups", "account", "campaign")}
    ids["owner"] |= {one["person_id"] for one in targets if one.get("person_id")}
    ids["groups"] |= {one["group_id"] for one in targets if one.get("group_id")}
    names = dict(name_fields(asked))
    if ids["owner"]:
        names |= {("owner", person.pk): person.name for person in find_people(ids["owner"])}
    if ids["groups"]:
        names |= {("groups", group.pk): group.name for group in find_groups(ids["groups"])}
    if ids["account"]:
        names |= {("account", key): account.name for key, account in accounts_by_id(ids["account"]).items()}
    if ids["campaign"]:
        names |= {("campaign", row.pk): row.name for row in all_campaigns().filter(pk__in=ids["campaign"])}
    return names


def leaves_of_stored(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return the questions of a stored filter."""
    if "field" in node:
        yield node
    elif "not" in node:
        yield from leaves_of_stored(node["not"])
    else:
        for child in node.get("all", node.get("any", ())):
            yield from leaves_of_stored(child)
