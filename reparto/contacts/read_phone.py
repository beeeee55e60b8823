"""
Read a phone number as people, spreadsheets and WhatsApp write it. Pure.

Numbering plans come from the `phonenumbers` library; the rules of `canonical_number` are added, because WhatsApp and
people go on writing digits that Mexico, Argentina and Brazil added or dropped. A number is accepted when its length is
possible: plans change before the library knows.
"""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.canonical_number import canonical_number, number_key

MAX_WRITTEN = 64
VOUCHED = re.compile(r"\+([1-9][0-9]{4,19})")
SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
EXTENSION = re.compile(r"(?:ext|x|#)\.?\s*[0-9]{1,7}$|;ext=[0-9]{1,7}$", re.IGNORECASE)
UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that could ring."""

    key: str  #: `+` and digits; an extension follows as `;ext=`
    shown: str
    rewritten: bool


def read_phone(written: str, *, country: str, vouched: bool = False) -> Phone:
    """
    Understand a number.

    Without a `+` it is a number of `country` if it can be one; else its digits are taken as
    international, which is how WhatsApp writes them.

    Raises:
        NotAnAddress: `not_a_phone`, with the detail.

    """
    text = _tidy(written)
    number = _parse(text, country)
    if number is not None:
        return _phone(number, text)
    if vouched and VOUCHED.fullmatch(text):
        return Phone(key=text, shown=text, rewritten=False)
    raise NotAnAddress("not_a_phone", _why_not(text, country))


def _tidy(written: str) -> str:
    """Full-width digits become plain; marks of direction and other unseen characters go."""
    if len(written) > MAX_WRITTEN:
        raise NotAnAddress("not_a_phone", "too_long")
    text = unicodedata.normalize("NFKC", written).removeprefix("tel:")
    text = "".join(c for c in text if unicodedata.category(c) not in UNSEEN).strip()
    if not text:
        raise NotAnAddress("not_a_phone", "empty")
    if SCIENTIFIC.fullmatch(text):
        raise NotAnAddress("not_a_phone", "scientific")
    if any(c.isalpha() for c in EXTENSION.sub("", text)):
        raise NotAnAddress("not_a_phone", "letters")
    return text


def _parse(text: str, country: str) -> PhoneNumber | None:
    """Read as dialled in the country; without a `+` also as international, if only that is a valid number."""
    number = _reading(text, country)
    if number and phonenumbers.is_valid_number(number):
        return number
    abroad = None if text.startswith("+") else _reading(f"+{text}", None)
    if abroad and phonenumbers.is_valid_number(abroad):
        return abroad
    return number if number and _length(number) == ValidationResult.IS_POSSIBLE else None


def _reading(text: str, country: str | None) -> PhoneNumber | None:
    try:
        return canonical_number(phonenumbers.parse(text, country))
    except NumberParseException:
        return None


def _length(number: PhoneNumber) -> int:
    return phonenumbers.is_possible_number_with_reason(number)


def _phone(number: PhoneNumber, text: str) -> Phone:
    digits = re.sub(r"[^0-9]", "", EXTENSION.sub("", text)).removeprefix("00")
    plain = {digits, f"{number.country_code}{digits}", f"{number.country_code}{digits.lstrip('0')}"}
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(
        key=number_key(number),
        shown=phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        rewritten=e164.removeprefix("+") not in plain,
    )


def _why_not(text: str, country: str) -> str:
    if not text.startswith("+") and not country:
        return "no_country_code"
    number = _reading(text, country)
    too_long = {ValidationResult.TOO_LONG, ValidationResult.INVALID_LENGTH}
    too_short = {ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY}
    length = _length(number) if number else None
    return "too_long" if length in too_long else "too_short" if length in too_short else "malformed"
