"""
Turn an address as somebody wrote it into the key by which it is found again. Pure: no table, no clock.

Two spellings of one address have one key; two addresses that can both exist never share one. (Both Argentine spellings
of a mobile are valid numbers of one telephone: they share.) It must not look anything up: whose address it is, is not
its question.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reparto.channels.shapes import BSUID
from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.read_phone import read_phone

MAX_EMAIL = 254  #: RFC 5321, a path without its brackets


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a contact, ready to be stored."""

    kind: str  #: `phone`, `email` or `bsuid`
    value: str  #: as it was written, without the spaces around it
    key: str  #: equal for equal addresses, within one kind
    shown: str  #: for people to read
    rewritten: bool = False  #: a numbering rule changed the number; the person is told


def match_key(kind: str, value: str, *, country: str, vouched: bool = False) -> Address:
    """
    Make the key of an address.

    `country` (ISO 3166, two letters) is where a phone without a country code is dialled.
    `vouched` says that a provider delivered from this number, so it exists even where
    the numbering plan that we know has no such length.

    Raises:
        NotAnAddress: With the code of the kind and a detail, for a screen or a line of a file.

    """
    if kind not in _MAKERS:
        raise NotAnAddress("unknown_kind", kind)
    return _remembered(kind, value, country.upper(), vouched)


@lru_cache(maxsize=16_384)
def _remembered(kind: str, value: str, country: str, vouched: bool) -> Address:
    # A hook asks for the same sender at each of its steps, and reading a number takes a tenth of a millisecond.
    return _MAKERS[kind](value.strip(), country, vouched)


def _phone(value: str, country: str, vouched: bool) -> Address:
    phone = read_phone(value, country=country, vouched=vouched)
    return Address("phone", value, phone.key, phone.shown, phone.rewritten)


def _email(value: str, country: str, vouched: bool) -> Address:
    """Key: Unicode form, lower case on both sides. RFC 5321 lets case matter in the local part; no mailbox does."""
    written = unicodedata.normalize("NFC", value)
    try:
        validate_email(written)
    except ValidationError:
        raise NotAnAddress("not_an_email", "malformed" if written else "empty") from None
    if len(written) > MAX_EMAIL:
        raise NotAnAddress("not_an_email", "too_long")
    local, _, domain = written.rpartition("@")
    labels = (_label(label) for label in domain.lower().split("."))
    key = f"{local.lower()}@{'.'.join(labels)}"
    return Address("email", value, unicodedata.normalize("NFC", key), written)


def _label(label: str) -> str:
    """One label of a domain in Unicode, so that `xn--…` and its readable form are one."""
    try:
        return label[4:].encode("ascii").decode("punycode").lower() if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _bsuid(value: str, country: str, vouched: bool) -> Address:
    if not BSUID.fullmatch(value):
        raise NotAnAddress("not_a_bsuid", "malformed" if value else "empty")
    return Address("bsuid", value, value, value)


_MAKERS: dict[str, Callable[[str, str, bool], Address]] = {"phone": _phone, "email": _email, "bsuid": _bsuid}
