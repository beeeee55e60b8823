"""
The values that a field offers to choose from, where there are such: with what each is called.

It reads what there is (people, groups, accounts, campaigns, tags) only when it is asked for.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from reparto.channels.queries import all_accounts
from reparto.contacts.describe_condition import describe_value
from reparto.contacts.models import CustomField
from reparto.contacts.name_country import name_country
from reparto.contacts.queries import all_tags
from reparto.engine import fold
from reparto.people.queries import all_campaigns, all_groups, all_people

#: Fields of which the usual values are offered; whoever draws asks them of `suggest_values`, all at once.
SUGGESTED = frozenset(
    ("language", "sex", "status", "stage", "source", "title", "industry", "position", "region", "city", "municipality")
)
#: Languages that are offered always.
LANGUAGES = ("es", "pt", "en")
#: As many tags as are offered.
MOST = 200
#: Countries that are offered always, by their codes.
COUNTRIES = (
    *("AR", "BO", "BR", "CA", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PT"),
    *("PY", "SV", "US", "UY", "VE"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be chosen."""

    values: list[tuple[Any, str]]
    open: bool = False  #: another may be typed


def offer_values(field: str, own: CustomField | None = None, *, held: Collection[str] = ()) -> Offer | None:
    """
    Return what a field offers; None: it is typed.

    `own` is its definition where it is the company's, `held` what contacts usually have in a field of `SUGGESTED`.
    """
    if own is not None:
        return _own(own)
    if field in SUGGESTED:
        return _usual(field, held)
    known = _KNOWN.get(field)
    if known is not None:
        return known()
    rows: dict[str, Any] = {
        "owner": all_people,
        "campaign": all_campaigns,
        "account": all_accounts,
        "groups": all_groups,
    }
    return Offer(list(rows[field]().values_list("id", "name"))) if field in rows else None


def _usual(field: str, held: Collection[str]) -> Offer | None:
    if field != "language":
        return Offer([(value, value) for value in held], open=True) if held else None
    codes = dict.fromkeys(map(fold, (*LANGUAGES, *held)))
    return Offer([(code, describe_value(field, code, names={})) for code in codes], open=True)


def _countries() -> Offer:
    return Offer([(name, name) for name in sorted(map(name_country, COUNTRIES), key=fold)], open=True)


def _tags() -> Offer:
    return Offer([(name, name) for name in all_tags().values_list("name", flat=True)[:MOST]], open=True)


def _kinds() -> Offer:
    client, prospect = pgettext("kind of contact", "Client"), pgettext("kind of contact", "Prospect")
    return Offer([("prospect", prospect), ("client", client)])


_KNOWN: Mapping[str, Callable[[], Offer]] = {"country": _countries, "tags": _tags, "kind": _kinds}


def _own(field: CustomField) -> Offer | None:
    if field.type == "yesno":
        return Offer([("true", gettext("Yes")), ("false", gettext("No"))])
    return Offer([(choice, choice) for choice in field.choices]) if field.choices else None
