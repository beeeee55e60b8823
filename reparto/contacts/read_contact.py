"""
Read what was written of a contact: every fault at once, values ready to store.

It changes nothing and knows no owner: that is the desk's.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.organizations import this_organization
from reparto.kit.read_choice import read_choice
from reparto.kit.read_text import read_line
from reparto.people.queries import known_campaign

from .queries import all_custom_fields
from .read_addresses import read_addresses
from .read_fields import read_fields
from .read_tags import read_tags

KINDS = ("prospect", "client")
NAME_LIMIT = 300
SOURCE_LIMIT = 200


def read_contact(raw: Mapping[str, Any], *, faults: Faults, contact_id: int | None = None) -> dict[str, Any]:
    """Return the values of what was given; `addresses` with their keys, `fields` by their names in the language."""
    values: dict[str, Any] = {}
    for field, given in raw.items():
        if field == "addresses":
            country = this_organization().country
            values[field] = read_addresses(given, country=country, faults=faults, contact_id=contact_id)
        elif field in _READERS:
            values[field] = _READERS[field](given, field, faults)
        else:
            faults.add(field, "unknown_field", gettext("There is no such field."))
    return values


def _campaign(given: Any, path: str, faults: Faults) -> int | None:
    if given is not None and not known_campaign(given):
        faults.add(path, "unknown_campaign", gettext("There is no such campaign."))
    return given  # type: ignore[no-any-return]


def _fields(given: Mapping[str, Any], path: str, faults: Faults) -> dict[str, Any]:
    # `source` is a column of its own, but a field to whoever writes it.
    return read_fields(
        {name: value for name, value in given.items() if name != "source"},
        custom=all_custom_fields(),
        faults=faults,
    )


def _source(given: Any, path: str, faults: Faults) -> str:
    return read_line(given, path=path, limit=SOURCE_LIMIT, faults=faults, required=False)


_READERS: Mapping[str, Callable[[Any, str, Faults], Any]] = {
    "name": lambda given, path, faults: read_line(given, path=path, limit=NAME_LIMIT, faults=faults),
    "kind": lambda given, path, faults: read_choice(given, path=path, choices=KINDS, faults=faults),
    "campaign_id": _campaign,
    "tags": lambda given, path, faults: read_tags(given, path=path, faults=faults),
    "fields": _fields,
    "source": _source,
}


def lift_source(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given with a `source` among the fields put where it belongs."""
    fields = raw.get("fields")
    if not isinstance(fields, Mapping) or "source" not in fields or raw.get("source"):
        return dict(raw)
    return {**raw, "source": fields["source"] or ""}
