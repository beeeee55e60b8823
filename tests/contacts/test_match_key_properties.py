"""Over the ranges of every Latin American country: no false join, no false split (INV-7)."""

import re
from functools import cache

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumber, PhoneNumberFormat

from reparto.contacts.match_key import match_key

SOUTH = ("AR", "BO", "BR", "CL", "CO", "EC", "PY", "PE", "UY", "VE")
NORTH = ("CR", "CU", "DO", "GT", "HN", "MX", "NI", "PA", "PR", "SV")
KINDS = ("mobile", "fixed_line", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "uan", "pager")


@cache
def ranges(country: str) -> list[str]:
    """The patterns of every kind of number of a country."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    patterns = (getattr(getattr(plan, kind), "national_number_pattern", None) for kind in KINDS)
    return [pattern for pattern in patterns if pattern]


@st.composite
def valid_numbers(draw: st.DrawFn) -> PhoneNumber:
    """A valid number of some country."""
    country = draw(st.sampled_from(SOUTH + NORTH))
    national = draw(st.from_regex(re.compile(draw(st.sampled_from(ranges(country))), re.ASCII), fullmatch=True))
    number = phonenumbers.parse("+" + str(phonenumbers.country_code_for_region(country)) + national)
    return number if phonenumbers.is_valid_number(number) else draw(st.nothing())


def e164(number: PhoneNumber) -> str:
    """Return a number as it is written everywhere."""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def key(written: str, country: str = "") -> str:
    """Return the key of a phone."""
    return match_key("phone", written, country=country).key


def without_argentine_nine(written: str) -> str:
    """Take the mobile 9 out of an Argentine number."""
    return re.sub(r"^\+549(\d{10})$", r"+54\1", written)


def spellings(number: PhoneNumber) -> list[tuple[str, str]]:
    """How people and WhatsApp write a number: (text, country)."""
    country = phonenumbers.region_code_for_number(number) or ""
    formats = (PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966, PhoneNumberFormat.NATIONAL)
    written = [(phonenumbers.format_number(number, one), country) for one in formats]
    plain = e164(number)
    former = {
        52: [plain.replace("+52", "+521", 1)],
        54: [re.sub(r"^\+549(\d{10})$", r"+54\1", plain)],
        55: [re.sub(r"^(\+55\d\d)9([689]\d{7})$", r"\1\2", plain)],
    }
    bare = [] if means_another(plain[1:], country, number) else [plain[1:]]
    return [*written, *((one, country) for one in [plain, *bare, *former.get(number.country_code or 0, [])])]


def means_another(digits: str, country: str, number: PhoneNumber) -> bool:
    """Digits without `+` can be a valid number of the country itself: Brazil's 3000-0000 is (55) 3000-0000 then."""
    dialled = phonenumbers.parse(digits, country)
    return phonenumbers.is_valid_number(dialled) and e164(dialled) != e164(number)


def joins_only_itself(one: PhoneNumber, other: PhoneNumber) -> None:
    """Check that two numbers share a key only if they are one."""
    same = without_argentine_nine(e164(one)) == without_argentine_nine(e164(other))

    assert (key(e164(one)) == key(e164(other))) == same


def neighbours(number: PhoneNumber) -> list[PhoneNumber]:
    """The valid numbers that a careless rule would take for this one: a digit more, less or other near the front."""
    national = phonenumbers.national_significant_number(number)
    changed = {
        national[:at] + digit + national[at + cut :]
        for at in range(5)
        for digit in ("", *"0123456789")
        for cut in (0, 1)
    }
    parsed = (PhoneNumber(number.country_code, int(one)) for one in changed if one and one[0] != "0")
    return [one for one in parsed if phonenumbers.is_valid_number(one) and e164(one) != e164(number)]


class TestNoFalseJoin:
    @settings(max_examples=150, deadline=None)
    @given(valid_numbers())
    def test_a_number_is_never_joined_with_a_valid_neighbour(self, number: PhoneNumber) -> None:
        """A number and whatever valid number differs from it by a digit near the front have two keys."""
        for other in neighbours(number):
            joins_only_itself(number, other)

    @settings(max_examples=150, deadline=None)
    @given(valid_numbers(), valid_numbers())
    def test_two_valid_numbers_have_two_keys(self, one: PhoneNumber, other: PhoneNumber) -> None:
        """Two valid numbers have one key only if they are one, Argentina's 9 apart."""
        joins_only_itself(one, other)


class TestNoFalseSplit:
    @settings(max_examples=150, deadline=None)
    @given(valid_numbers())
    def test_every_spelling_has_the_same_key(self, number: PhoneNumber) -> None:
        """International, national, by WhatsApp, with the digits that were added or dropped: one key."""
        assume(not number.italian_leading_zero)  # 00800 …, dialled from home, reads as a call abroad
        assert {key(written, country) for written, country in spellings(number)} == {key(e164(number))}

    @settings(max_examples=50, deadline=None)
    @given(valid_numbers())
    def test_a_key_is_its_own_key(self, number: PhoneNumber) -> None:
        """The key of a key is the key, so that normalising twice does no harm."""
        assert key(key(e164(number))) == key(e164(number))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(4))
class TestManyPairs:
    @settings(max_examples=5_000, deadline=None)
    @given(number=valid_numbers())
    def test_a_million_pairs_have_no_false_join(self, part: int, number: PhoneNumber) -> None:
        """Four times 5,000 numbers against some 50 valid neighbours each: no false join."""
        for other in neighbours(number):
            joins_only_itself(number, other)
