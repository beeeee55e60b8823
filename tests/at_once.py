"""Two who meet: the second begins while the first has not committed, on a connection and in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from reparto.kit.tenancy import in_organization
from tests.product import eventually


def one_after_the_other[First, Second](
    organization_id: int, first: Callable[[], First], second: Callable[[], Second]
) -> tuple[First, Second]:
    """Do the first; let the second begin elsewhere until it waits for the first; commit both; return what they said."""

    def meanwhile() -> Second:
        try:
            with in_organization(organization_id):
                return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with in_organization(organization_id):
            said = first()
            other = pool.submit(meanwhile)
            # Both have met: the second has read what it read, and waits for the first to commit.
            assert eventually(waits_for_this_transaction)
        return said, other.result(timeout=10)


def waits_for_this_transaction() -> bool:
    """Say whether another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])
