"""
Writes a phone number the international way, for people to read.

It must not change what is stored, nor refuse a number that it does not understand.
"""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat
from phonenumbers.phonemetadata import NumberFormat

#: Where people group the digits in another way than the library: country code → pattern and groups.
OUR_WAYS = {
    # Colombian mobiles: 310 555 0148, not 310 5550148.
    57: [NumberFormat(pattern=r"(3\d{2})(\d{3})(\d{4})", format=r"\1 \2 \3")],
}


@lru_cache(maxsize=4096)
def format_phone(number: str) -> str:
    """Return `+56 9 5550 6612` for `+56955506612`; return anything else as it came."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    ours = OUR_WAYS.get(parsed.country_code or 0)
    if ours and str(parsed.national_number).startswith("3"):
        return phonenumbers.format_by_pattern(parsed, PhoneNumberFormat.INTERNATIONAL, ours)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
