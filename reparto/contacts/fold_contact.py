"""
Make what lists and rules compare: the folded copy of a contact's texts, and the text that search looks through.

Pure: changes the two columns of the object it is handed and saves nothing. Whoever changes a contact's name, source,
fields or addresses calls it before saving; SQL and the engine then see the very same letters.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from reparto.engine import FIELDS, fold

from .contact_fields import INSTANT, field_name
from .models import Contact

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MOST_NUMBER = 2**53


class Reachable(Protocol):
    """An address, stored or about to be."""

    @property
    def kind(self) -> str:
        """Phone, e-mail or BSUID."""

    @property
    def value(self) -> str:
        """As it was written."""

    @property
    def key(self) -> str:
        """As it is found again."""


def fold_contact(contact: Contact, addresses: Iterable[Reachable]) -> None:
    """Fill `folded` and `search` of a contact that has these addresses, all of them."""
    known = list(addresses)
    texts = {"name": contact.name, "source": contact.source}
    texts |= {field_name(key): value for key, value in contact.fields.items()}
    folded = {name: _folded(name, value) for name, value in texts.items()}
    folded["email"] = [fold(address.key) for address in known if address.kind == "email"]
    folded["phone"] = _phones(address for address in known if address.kind == "phone")
    contact.folded = {name: value for name, value in folded.items() if value not in (None, "", [])}
    contact.search = "\n".join(_searched(contact, known))


def _searched(contact: Contact, addresses: Iterable[Reachable]) -> list[str]:
    words = [fold(contact.name), fold(str(contact.fields.get("company", "")))]
    return [word for word in (*words, *(fold(address.key) for address in addresses)) if word]


def _phones(addresses: Iterable[Reachable]) -> list[str]:
    """A phone is found as it was written, by its international number, and by the digits of that."""
    spellings = ((address.key, address.key.removeprefix("+"), fold(address.value)) for address in addresses)
    return list(dict.fromkeys(text for spelling in spellings for text in spelling if text))


def _folded(name: str, value: Any) -> Any:
    """Return a value as it is compared: folded text, number, list of words, or {"at": microseconds}; else None."""
    if FIELDS.get(name) == "number":
        return _number(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, int | float):
        return fold(str(value)) if name in FIELDS else _number(value)
    if isinstance(value, list):
        return sorted({word for word in (fold(str(one)) for one in value) if word})
    return _instant(value) if isinstance(value, dict) else None


def _number(value: Any) -> int | float | None:
    """A web form writes numbers as text."""
    if isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, int | float) else float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    if not abs(number) <= MOST_NUMBER:
        return None
    return int(number) if number == int(number) else number


def _instant(value: dict[str, Any]) -> dict[str, int] | None:
    try:
        instant = datetime.fromisoformat(value[INSTANT])
    except (KeyError, TypeError, ValueError):
        return None
    return {INSTANT: (instant - EPOCH) // MICROSECOND} if instant.tzinfo else None
