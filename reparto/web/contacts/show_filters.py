"""
The filter of an address as chips: each a phrase, with the address that leaves it out.

It judges no contact.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from reparto.contacts.describe_condition import describe_condition, describe_field
from reparto.engine import BadFilter, parse_filter
from reparto.rules.read_rule_names import Names, read_rule_names

from ..filters.phrase_filter import phrase_filter
from .list_query import ListQuery


def show_filters(query: ListQuery) -> list[dict[str, str]]:
    """Return the chips; a condition that is itself composed is one chip."""
    conditions = query.conditions
    names = read_rule_names(one for one in conditions if _is_filter(one))
    compose = reverse("contacts_filter_compose") + query.query()
    return [
        {
            **_chip(one, names),
            "edit_url": "" if _is_leaf(one) else compose,
            "remove_url": query.without_condition(place).here(),
        }
        for place, one in enumerate(conditions)
    ]


def _chip(condition: Any, names: Names) -> dict[str, str]:
    if not _is_leaf(condition):
        said = phrase_filter(condition, names, top=True) if _is_filter(condition) else gettext("composed")
        return {"field": pgettext("noun", "Filter"), "value": said}
    field = describe_field(condition["field"], names=names)
    phrase = describe_condition(condition, names=names)
    return {"field": field, "value": phrase.removeprefix(field).strip()}


def _is_leaf(condition: Any) -> bool:
    return isinstance(condition, dict) and isinstance(condition.get("field"), str) and "op" in condition


def _is_filter(condition: Any) -> bool:
    """Say whether it can be said in words; an address may hold anything."""
    try:
        parse_filter(condition)
    except (BadFilter, RecursionError):
        return False
    return True
