"""What the latest contacts have in a field, for whoever writes a filter."""

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reparto.contacts.suggest_values import LATEST, MOST, suggest_values
from reparto.kit.tenancy import in_organization
from tests import cast
from tests.cast import Cast

FIELDS = ("status", "source", "city")


@pytest.fixture
def company(db: None) -> Cast:
    """A company with nobody to write to yet."""
    return cast.a_company()


class TestSuggestedValues:
    def test_are_spelled_as_most_are_and_in_order(self, company: Cast) -> None:
        """UP-10: of «nuevo» and «Nuevo» the more frequent stands for both; all fields are one question."""
        for status in ("Nuevo", "nuevo", "Nuevo", "Álamo", "Ganado"):
            cast.a_contact(admin=company.admin, fields={"status": status}, source="Feria")

        with CaptureQueriesContext(connection) as asked:
            held = suggest_values(FIELDS, actor=company.admin)

        assert {"status": ["Álamo", "Ganado", "Nuevo"], "source": ["Feria"], "city": []} == held
        assert (1, {}) == (len(asked), suggest_values((), actor=company.admin))

    def test_are_those_that_are_met_most(self, company: Cast) -> None:
        """A field of free text offers no endless list."""
        for number in range(MOST + 1):
            cast.a_contact(admin=company.admin, fields={"city": f"Villa {number:03}"})
        cast.a_contact(admin=company.admin, fields={"city": f"Villa {MOST:03}"})

        found = suggest_values(["city"], actor=company.admin)["city"]

        assert (MOST, f"Villa {MOST:03}") == (len(found), found[-1])

    def test_are_of_contacts_that_the_actor_sees(self, company: Cast) -> None:
        """INV-35: what only others' contacts have is nobody's to learn from a list, another company's least of all."""
        cast.a_contact(admin=company.admin, owner=company.alba, fields={"city": "Arica"})
        cast.a_contact(admin=company.admin, owner=company.carla, fields={"city": "Temuco"})

        seen = {who: suggest_values(["city"], actor=getattr(company, who)).get("city") for who in ("alba", "admin")}
        elsewhere = suggest_values(["city"], actor=cast.a_company().admin)

        assert {"alba": ["Arica"], "admin": ["Arica", "Temuco"]} == seen
        assert {} == elsewhere


@pytest.mark.django_db(transaction=True)
class TestAmongVeryMany:
    def test_only_the_latest_are_read(self, superuser_url: str) -> None:
        """INV-64: opening a filter costs the same however many contacts there are, for whoever sees but a few as well."""
        with transaction.atomic():
            company = cast.a_company()
        with psycopg.connect(superuser_url, autocommit=True) as admin:
            admin.execute(MANY, [company.organization_id, company.alba.person_id, company.carla.person_id])
            admin.execute("VACUUM ANALYZE contacts_contact")

        for actor in (company.admin, company.alba):
            before = rows_read()
            with in_organization(company.organization_id):
                assert ["c0", "c1", "c2"] == suggest_values(["city"], actor=actor)["city"]
            assert 0 < rows_read() - before <= 4 * LATEST


#: Every hundredth is Alba's; what is Carla's she does not see.
MANY = """
INSERT INTO contacts_contact (organization_id, name, kind, arrived_by_itself, source, fields, folded, search, owner_id,
                              conversation_count, created_at, updated_at, version)
SELECT %s, 'n', 'prospect', false, '', jsonb_build_object('city', 'c' || n %% 3), '{}', '',
       CASE n %% 100 WHEN 0 THEN %s ELSE %s END, 0, now(), now(), 1
FROM generate_series(1, 50000) n
"""


def rows_read() -> int:
    """Return how many rows of contacts were read by now, this session's counts included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = t.relname)"
            " FROM pg_stat_user_tables t WHERE relname = 'contacts_contact'"
        )
        (count,) = cursor.fetchone()
    return int(count)
