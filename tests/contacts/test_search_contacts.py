"""Search finds a contact by any part of its name, company, phone or e-mail, and uses its index as the app."""

import psycopg
import pytest
from django.db import connection, transaction

from reparto.contacts.identify_contacts import Writer, identify_contacts
from reparto.contacts.match_key import match_key
from reparto.contacts.queries import visible_contacts
from reparto.contacts.search_contacts import search_contacts
from reparto.kit.tenancy import in_organization
from tests import cast
from tests.cast import AT, Cast


@pytest.fixture
def company(db: None) -> Cast:
    """A company with one contact that searches look for, and others."""
    company = cast.a_company()
    cast.a_contact("José Núñez", admin=company.admin, phone="+525512345678", email="Ventas@Café-Azul.mx")
    cast.a_contact("Rita", admin=company.admin, phone="+525598765432", fields={"company": "Núñez y Cía. 100%"})
    return company


def found(company: Cast, text: str) -> list[str]:
    """Return the names that a search gives the administrator."""
    return sorted(contact.name for contact in search_contacts(visible_contacts(company.admin), text))


class TestSearch:
    @pytest.mark.parametrize("text", ["josé", "JOSE", "nunez jos", " Núñ  josé ", "ventas@", "5512345678", "1234567"])
    def test_any_part_in_any_spelling(self, company: Cast, text: str) -> None:
        """HU-4: accents, case and the order of words do not matter."""
        assert ["José Núñez"] == found(company, text)

    @pytest.mark.parametrize(
        "text",
        ["55 1234-5678", "(55) 1234 5678", "+52 1 55 1234 5678", "044 55 1234 5678", "+52.55.1234.5678", "345-67"],
    )
    def test_a_phone_in_any_format(self, company: Cast, text: str) -> None:
        """HU-4: what people put between digits does not matter, nor digits that a country has dropped."""
        assert ["José Núñez"] == found(company, text)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("y de la fuente maría", True), ("de y la maría fuente de", True), ("y de la fuente josé", False)],
    )
    def test_every_word_counts(self, company: Cast, text: str, expected: bool) -> None:
        """HU-4: a contact has all the words, however many, long or short, in any order."""
        cast.a_contact("María de la Fuente y Paz", admin=company.admin)

        assert (["María de la Fuente y Paz"] if expected else []) == found(company, text)

    def test_companies_are_found_too(self, company: Cast) -> None:
        """A word may be in the name or in the company."""
        assert ["José Núñez", "Rita"] == found(company, "nuñez")

    @pytest.mark.parametrize("text", ["%", "_", "\\", "100%", "' OR 1=1", "zz", "jos\0é", "{}", "%s"])
    def test_odd_signs_are_only_themselves(self, company: Cast, text: str) -> None:
        """No sign of a search means anything to the database."""
        expected = {"%": ["Rita"], "100%": ["Rita"], "jos\0é": ["José Núñez"]}

        assert expected.get(text, []) == found(company, text)

    def test_it_narrows_what_may_be_seen(self, company: Cast) -> None:
        """INV-35: nobody finds what they may not see, nor what is another company's."""
        stranger = cast.a_stranger()
        cast.a_contact("Hidden", admin=company.admin, owner=company.carla)

        assert ["Hidden"] == found(company, "hidden")
        assert not search_contacts(visible_contacts(company.alba), "hidden").exists()
        with in_organization(stranger.organization_id):
            assert not search_contacts(visible_contacts(stranger.admin), "hidden").exists()

    def test_an_address_that_is_linked_later_is_found(self, company: Cast) -> None:
        """EC-76: a WhatsApp user id that comes beside a known phone belongs to the same contact, also for search."""
        account = cast.a_whatsapp_account(admin=company.admin)
        both = tuple(
            match_key(kind, value, country="MX") for kind, value in (("phone", "+525512345678"), ("bsuid", "MX.abc123"))
        )

        identify_contacts(company.organization_id, [Writer(both, "José", account.pk)], at=AT)

        assert ["José Núñez"] == found(company, "mx.abc123")


@pytest.mark.django_db(transaction=True)
class TestItsIndex:
    def test_the_function_uses_the_trigram_index(self, superuser_url: str) -> None:
        """Among many contacts a search of five letters reads the index, for the app as it is."""
        with transaction.atomic():
            company = cast.a_company()
        with psycopg.connect(superuser_url, autocommit=True) as admin:
            admin.execute(MANY, [company.organization_id])
            admin.execute("VACUUM ANALYZE contacts_contact")

        before = scans()
        with in_organization(company.organization_id):
            assert 1 == search_contacts(visible_contacts(company.admin), "clara").count()

        assert scans() > before


MANY = """
INSERT INTO contacts_contact (organization_id, name, kind, arrived_by_itself, source, fields, folded, search,
                              conversation_count, created_at, updated_at, version)
SELECT %s, 'n', 'prospect', false, '', '{}', '{}',
       CASE n WHEN 777 THEN 'clara' ELSE md5(n::text) END, 0, now(), now(), 1
FROM generate_series(1, 30000) n
"""


def scans() -> int:
    """Return how often the index of search was read, this session's counts included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'contacts_contact_search'")
        (count,) = cursor.fetchone()
    return int(count)
