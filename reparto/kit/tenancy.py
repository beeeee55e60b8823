"""
Tenancy: entering an organization, and the migration operations that protect a table.

Nothing here reads a feature's table; forgetting to enter an organization shows no rows at all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, migrations, transaction

CURRENT = "NULLIF(current_setting('reparto.organization', true), '')::bigint"


@contextmanager
def in_organization(organization_id: int) -> Iterator[None]:
    """Run a transaction that sees and writes the rows of one organization only."""
    within = connection.in_atomic_block
    with transaction.atomic():
        former = enter_organization(organization_id)
        yield
        # Inside an outer transaction the setting outlives this block: put it back. Otherwise it ends with ours.
        if within and former != str(organization_id):
            _set(former)


def enter_organization(organization_id: int) -> str:
    """
    Let the running transaction see one organization; return what it saw before ("" for none).

    Must be the first statement of a transaction that has not yet chosen one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('reparto.organization', true), ''),"
            " set_config('reparto.organization', %s, true)",
            [str(organization_id)],
        )
        (former, _) = cursor.fetchone()
    return str(former)


def current_organization() -> int | None:
    """Return the organization that the running transaction has entered."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CURRENT}")
        (current,) = cursor.fetchone()
    return None if current is None else int(current)


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('reparto.organization', %s, true)", [value])


def protect(table: str, *, refers: Mapping[str, str] | None = None, key: bool = True) -> list[migrations.RunSQL]:
    """
    Return the operations that make `table` a tenant table.

    Row-level security enabled and forced, one policy, `UNIQUE (organization_id, id)` and a composite
    foreign key for each `column: referred table` of `refers`.
    """
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY organization ON {table} USING (organization_id = {CURRENT})"
        f" WITH CHECK (organization_id = {CURRENT})",
    ]
    if key:
        statements.append(f"ALTER TABLE {table} ADD CONSTRAINT {table}_key UNIQUE (organization_id, id)")
    statements += [_composite(table, column, to) for column, to in (refers or {}).items()]
    return [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in statements]


def _composite(table: str, column: str, to: str) -> str:
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_own FOREIGN KEY (organization_id, {column})"
        f" REFERENCES {to} (organization_id, id)"
    )


def insert_only(table: str) -> list[migrations.RunSQL]:
    """Return the operations that keep the app's role from changing or removing rows of `table`."""
    return [migrations.RunSQL(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM reparto_app", migrations.RunSQL.noop)]


def show_to_queue(table: str, columns: str, *, where: str) -> list[migrations.RunSQL]:
    """Let the role `reparto_queue` see which organizations have pending rows in `table`, and nothing else of it."""
    return [
        migrations.RunSQL(f"GRANT SELECT ({columns}) ON {table} TO reparto_queue", migrations.RunSQL.noop),
        migrations.RunSQL(
            f"CREATE POLICY queue ON {table} FOR SELECT TO reparto_queue USING ({where})", migrations.RunSQL.noop
        ),
    ]
