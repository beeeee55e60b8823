"""One key for every spelling of an address, and never one for two that exist (INV-7, EC-73, EC-74, UX-26)."""

import pytest

from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.match_key import match_key


def key(written: str, country: str = "MX", kind: str = "phone") -> str:
    """Return the key of an address."""
    return match_key(kind, written, country=country).key


SPELLINGS = {
    # chatwoot#14048: the contact is stored with +52, WhatsApp writes +521.
    "+525512345678": [
        ("+5215512345678", ""),
        ("5215512345678", "MX"),
        ("+52 1 55 1234 5678", "CO"),
        ("+52 55 1234 5678", ""),
        ("525512345678", "MX"),
        ("55 1234 5678", "MX"),
        ("(55) 1234-5678", "MX"),
        ("044 55 1234 5678", "MX"),
        ("045 55 1234 5678", "MX"),
        ("01 55 1234 5678", "MX"),
        ("1 55 1234 5678", "MX"),
        ("0052 1 55 1234 5678", "MX"),
        ("５５ １２３４ ５６７８", "MX"),
        ("\u202a+52 1 55 1234 5678\u202c", ""),
        ("\xa055\xa01234\u20115678 ", "MX"),
        ("tel:+525512345678", ""),
    ],
    # chatwoot#14264: with and without the 9, and with the local 15.
    "+541123456789": [
        ("+5491123456789", ""),
        ("+541123456789", ""),
        ("5491123456789", "AR"),
        ("5491123456789", "MX"),
        ("11 2345-6789", "AR"),
        ("011 2345-6789", "AR"),
        ("11 15 2345-6789", "AR"),
        ("011 15-2345-6789", "AR"),
        ("+54 11 15 2345 6789", ""),
        ("+54 9 11 2345 6789", "UY"),
        ("9 11 2345 6789", "AR"),
    ],
    "+543513123456": [("+5493513123456", ""), ("0351 15 312-3456", "AR"), ("351 312 3456", "AR")],
    # chatwoot#14657: WhatsApp goes on writing eight digits where the telephone has nine.
    "+5561984412345": [
        ("+556184412345", ""),
        ("556184412345", "BR"),
        ("+55 61 98441-2345", ""),
        ("(61) 98441-2345", "BR"),
        ("(61) 8441-2345", "BR"),
        ("061 98441-2345", "BR"),
        ("0 15 61 98441 2345", "BR"),
    ],
    "+556132341234": [("+556132341234", ""), ("(61) 3234-1234", "BR"), ("556132341234", "BR")],
    "+573001234567": [
        ("+573001234567", "MX"),
        ("573001234567", "MX"),
        ("300 123 4567", "CO"),
        ("0057 300 123 4567", "MX"),
    ],
    "+56961234567": [("+56 9 6123 4567", ""), ("9 6123 4567", "CL"), ("56961234567", "CL")],
    "+51912345678": [("+51 912 345 678", ""), ("912 345 678", "PE"), ("51912345678", "MX")],
    "+50621234567": [("2123 4567", "CR"), ("+506 2123 4567", "")],
}


class TestSpellings:
    @pytest.mark.parametrize(("expected", "written", "country"), [(k, *s) for k, ss in SPELLINGS.items() for s in ss])
    def test_every_spelling_of_a_number_has_its_key(self, expected: str, written: str, country: str) -> None:
        """However people, spreadsheets and WhatsApp write a number, it has one key."""
        assert key(written, country) == expected

    def test_a_brazilian_landline_is_never_rewritten(self) -> None:
        """Eight digits that begin with 2 to 5 are a landline, and stay eight."""
        for first in "2345":
            assert key(f"+5511{first}2345678") == f"+5511{first}2345678"

    def test_a_brazilian_number_that_exists_is_never_rewritten(self) -> None:
        """Eight digits of trunked radio (7…) exist beside the mobile with a 9 in front: they stay two."""
        assert key("+551177771234") != key("+5511977771234")

    def test_possible_is_enough(self) -> None:
        """A number of a possible length is accepted though the numbering plan does not know it yet."""
        for number in ("+5215510000000", "+5215500000001", "+15550783881", "+573000000001"):
            assert key(number)

    def test_a_rewritten_number_says_so(self) -> None:
        """Who wrote a number that a rule changed can be told; trunk zeros and country codes are no change."""
        rewritten = ["+5215512345678", "+556184412345"]
        as_written = ["+525512345678", "+5491123456789", "+541123456789", "+573001234567"]

        assert all(match_key("phone", one, country="MX").rewritten for one in rewritten)
        assert not any(match_key("phone", one, country="MX").rewritten for one in as_written)
        assert not match_key("phone", "061 98441-2345", country="BR").rewritten

    def test_a_number_is_shown_for_people_and_kept_as_written(self) -> None:
        """The value is what was written; what is shown is the number in international form."""
        address = match_key("phone", " 044 55 1234 5678 ", country="MX")

        assert (address.value, address.shown) == ("044 55 1234 5678", "+52 55 1234 5678")
        assert match_key("phone", "+5491123456789", country="").shown == "+54 9 11 2345-6789"

    def test_an_extension_is_another_telephone(self) -> None:
        """Two extensions of one switchboard are two addresses."""
        assert key("+52 55 1234 5678 ext. 12") == "+525512345678;ext=12"
        assert key("+52 55 1234 5678 x13") != key("+52 55 1234 5678")


class TestRefusals:
    @pytest.mark.parametrize(
        ("written", "country", "detail"),
        [
            ("", "MX", "empty"),
            ("   ", "MX", "empty"),
            ("5.21E+12", "MX", "scientific"),
            ("5,21551E+12", "MX", "scientific"),
            ("1-800-FLOWERS", "US", "letters"),
            ("no tengo", "MX", "letters"),
            ("12", "MX", "too_short"),
            ("1234 5678", "MX", "too_short"),
            ("+52 55 1234 5678 9999", "MX", "too_long"),
            ("5" * 70, "MX", "too_long"),
            ("55 1234 5678", "", "no_country_code"),
            ("+", "MX", "malformed"),
            ("+999 123 456 789", "MX", "malformed"),
            ("¡¡¡!!!", "MX", "malformed"),
        ],
    )
    def test_what_is_no_number_is_refused_with_its_reason(self, written: str, country: str, detail: str) -> None:
        """What cannot ring is refused, and the reason can be said."""
        with pytest.raises(NotAnAddress) as refused:
            match_key("phone", written, country=country)

        assert (refused.value.code, refused.value.detail) == ("not_a_phone", detail)

    def test_a_provider_can_vouch_for_a_number(self) -> None:
        """A number that WhatsApp delivered from exists, whatever the numbering plan says of its length."""
        with pytest.raises(NotAnAddress):
            match_key("phone", "+5212345", country="MX")

        assert match_key("phone", "+5212345", country="MX", vouched=True).key == "+5212345"
        assert match_key("phone", "+5215512345678", country="MX", vouched=True).key == "+525512345678"

    def test_vouching_makes_no_number_of_words(self) -> None:
        """Even a provider cannot vouch for what is no number."""
        with pytest.raises(NotAnAddress):
            match_key("phone", "Ana", country="MX", vouched=True)

    def test_an_unknown_kind_is_refused(self) -> None:
        """There are three kinds of address."""
        with pytest.raises(NotAnAddress) as refused:
            match_key("fax", "1", country="MX")

        assert refused.value.code == "unknown_kind"


class TestEmail:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Ana.Perez@Empresa.MX", "ana.perez@empresa.mx"),
            (" ana@empresa.mx\n", "ana@empresa.mx"),
            ("ana@España.es", "ana@xn--espaa-rta.es"),
            ("ana@espan\u0303a.es", "ana@españa.es"),
        ],
    )
    def test_two_spellings_of_a_mailbox_are_one(self, one: str, other: str) -> None:
        """Case, spaces around, composed accents and punycode make no difference."""
        assert key(one, kind="email") == key(other, kind="email")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ana.perez@gmail.com", "anaperez@gmail.com"),
            ("ana+ventas@empresa.mx", "ana@empresa.mx"),
            ("ana@straße.de", "ana@strasse.de"),
        ],
    )
    def test_two_mailboxes_are_two(self, one: str, other: str) -> None:
        """Dots, tags and letters that only look alike are different mailboxes."""
        assert key(one, kind="email") != key(other, kind="email")

    @pytest.mark.parametrize(
        "written", ["", "ana", "ana@", "@a.mx", "a@b", "a b@c.mx", "a\0@b.mx", "a@b.mx,c@d.mx", "x" * 400]
    )
    def test_what_is_no_mailbox_is_refused(self, written: str) -> None:
        """What Django's validator refuses is refused."""
        with pytest.raises(NotAnAddress) as refused:
            match_key("email", written, country="MX")

        assert refused.value.code == "not_an_email"


class TestBsuid:
    def test_a_user_id_is_kept_as_it_is(self) -> None:
        """Meta's user id is compared letter by letter."""
        for written in ("MX.13491208655302741918", "US.ENT.11815799212886844830", "CO." + "a" * 128):
            assert key(written, kind="bsuid") == written

    @pytest.mark.parametrize(
        "written", ["", "MX", "MX.", "mx.123", "MX.12 34", "MX." + "1" * 161, "+5215512345678", "MX.ñ"]
    )
    def test_what_is_no_user_id_is_refused(self, written: str) -> None:
        """Anything else is refused."""
        with pytest.raises(NotAnAddress) as refused:
            match_key("bsuid", written, country="MX")

        assert refused.value.code == "not_a_bsuid"
