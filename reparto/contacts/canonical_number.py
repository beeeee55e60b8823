"""
The digits that two countries added or dropped, undone, so that old and new spellings are one number. Pure.

Only a number that cannot exist as it stands is changed; a landline is never touched.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumber

MEXICO, ARGENTINA, BRAZIL = 52, 54, 55

MEXICAN_PREFIX = re.compile(r"(?:01|044|045|1)([0-9]{10})")
"""Dialled until August 2019: long distance, and three ways to say *mobile*. WhatsApp still writes the 1."""

BRAZILIAN_MOBILE_OF_EIGHT = re.compile(r"([1-9]{2})([6-9][0-9]{7})")
"""Area and the eight digits of mobiles before they got a 9 in front (2012 to 2016). Landlines begin with 2 to 5."""


def canonical_number(number: PhoneNumber) -> PhoneNumber:
    """
    Give the number as its country writes it today.

    A Brazilian number of eight digits that is valid as it stands (trunked radio, 7…) is
    left alone: with a 9 in front it would be somebody else's.
    """
    national = phonenumbers.national_significant_number(number)
    if number.country_code == MEXICO and (match := MEXICAN_PREFIX.fullmatch(national)):
        return _with(number, match[1])
    if number.country_code == BRAZIL and (match := BRAZILIAN_MOBILE_OF_EIGHT.fullmatch(national)):
        return number if phonenumbers.is_valid_number(number) else _with(number, f"{match[1]}9{match[2]}")
    return number


def number_key(number: PhoneNumber) -> str:
    """
    Give the digits by which a canonical number is found: E.164, without Argentina's mobile 9.

    Both Argentine spellings are valid and ring the same telephone, so they have one key.
    """
    national = phonenumbers.national_significant_number(number)
    if number.country_code == ARGENTINA and len(national) == 11:
        national = national.removeprefix("9")
    extension = f";ext={number.extension}" if number.extension else ""
    return f"+{number.country_code}{national}{extension}"


def _with(number: PhoneNumber, national: str) -> PhoneNumber:
    return PhoneNumber(country_code=number.country_code, national_number=int(national), extension=number.extension)
