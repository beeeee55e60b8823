"""
Search contacts by name, company, phone or e-mail: any part of it, accents and case ignored, phones in any format.

It narrows what the actor may see and widens nothing.
"""

import re

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from reparto.engine import fold
from reparto.kit.organizations import this_organization

from .address_error import NotAnAddress
from .match_key import match_key
from .models import Contact

LIMIT = 200
MOST_WORDS = 8
#: Nothing but digits and what people put between them.
PHONE = re.compile(r"\+?[\d\s().\-/]*")
FEWEST_DIGITS = 3


def search_contacts(contacts: QuerySet[Contact], text: str, *, country: str = "") -> QuerySet[Contact]:
    """
    Return those of the contacts that have every word of the text; a phone counts as one word.

    `country` is where a number without a country code is dialled; "" for the organization's own.
    """
    needle = "".join(sign for sign in fold(text[:LIMIT]) if sign.isprintable() or sign.isspace()).strip()
    digits = re.sub(r"\D", "", needle)
    if PHONE.fullmatch(needle) and len(digits) >= FEWEST_DIGITS:
        return contacts.filter(_has(digits, *_number(needle, country)))
    words = needle.split()[:MOST_WORDS]
    return contacts.filter(_has(" ".join(words))) if words else contacts


def _has(*needles: str) -> Q:
    """Any of the needles; of one needle every word."""
    # One reviewed function, because row-level security keeps LIKE from using the trigram index. One question for all:
    # two conditions joined by OR would be tried on each contact.
    return Q(pk__in=RawSQL("SELECT contacts_matching(needle) FROM unnest(%s::text[]) AS needle", [list(needles)]))


def _number(written: str, country: str) -> list[str]:
    """A whole number in an odd spelling (+52 1 …, 044 …) is found by its key."""
    try:
        return [match_key("phone", written, country=country or this_organization().country).key]
    except NotAnAddress:
        return []
