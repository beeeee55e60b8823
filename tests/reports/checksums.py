"""What a company's tables hold, as one checksum a table."""

from django.db import connection

from tests.kit.every_row import tenant_models


def checksums(*, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Return a checksum of all rows of the entered company by table, those left out that are in `but`."""
    tables = [model._meta.db_table for model in tenant_models()]
    with connection.cursor() as cursor:
        found = {}
        for table in sorted({*tables, "kit_organization"} - set(but)):
            cursor.execute(f"SELECT coalesce(md5(string_agg(t::text, '\n' ORDER BY t.id)), '') FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found
