"""
The values that a field offers to choose from, where there are such: with what each is called.

It reads what there is (people, groups, accounts, campaigns) only when it is asked for.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from reparto.channels.queries import all_accounts
from reparto.contacts.models import CustomField
from reparto.contacts.name_country import name_country
from reparto.engine import fold
from reparto.people.queries import all_campaigns, all_groups, all_people

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


def offer_values(field: str, own: CustomField | None = None) -> Offer | None:
    """Return what a field offers, `own` being its definition where it is the company's; None: it is typed."""
    if own is not None:
        return _own(own)
    if field == "country":
        return Offer([(name, name) for name in sorted(map(name_country, COUNTRIES), key=fold)], open=True)
    if field == "kind":
        return Offer(
            [
                ("prospect", pgettext("kind of contact", "Prospect")),
                ("client", pgettext("kind of contact", "Client")),
            ]
        )
    rows: dict[str, Any] = {
        "owner": all_people,
        "campaign": all_campaigns,
        "account": all_accounts,
        "groups": all_groups,
    }
    return Offer(list(rows[field]().values_list("id", "name"))) if field in rows else None


def _own(field: CustomField) -> Offer | None:
    if field.type == "yesno":
        return Offer([("true", gettext("Yes")), ("false", gettext("No"))])
    return Offer([(choice, choice) for choice in field.choices]) if field.choices else None
