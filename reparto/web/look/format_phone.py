"""
Writes a phone number the international way, for people to read.

It must not change what is stored, nor refuse a number that it does not understand.
"""

from functools import lru_cache

import phonenumbers


@lru_cache(maxsize=4096)
def format_phone(number: str) -> str:
    """Return `+56 9 5550 6612` for `+56955506612`; return anything else as it came."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
