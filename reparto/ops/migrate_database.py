"""
Bring the schema of a database to the state of this program, as the owner, once.

The state that a database is in is written beside it as its comment, so that a start that has nothing to do needs
neither Django nor a look at each migration. It never changes a role.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

PACKAGE = Path(__file__).resolve().parent.parent
#: Libraries that bring tables of their own.
LIBRARIES = ("Django", "django-allauth", "procrastinate")
#: One migration at a time per database; "repa" in ASCII.
LOCK = 0x72657061


def state_of_program() -> str:
    """Return what names the schema that this program expects."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in sorted(PACKAGE.glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(PACKAGE)).encode())
        digest.update(path.read_bytes())
    return f"reparto schema {digest.hexdigest()[:32]}"


def is_migrated(url: str) -> bool:
    """Tell whether the database is in the state that this program expects."""
    with psycopg.connect(url) as connection:
        return _state_of_database(connection) == state_of_program()


def migrate_database(owner_url: str) -> bool:
    """
    Migrate, with Django set up as the owner; tell whether there was anything to do.

    Two that begin at once take turns: the second finds nothing left.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        expected = state_of_program()
        if _state_of_database(connection) == expected:
            return False
        _run_migrations()
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(expected)))
    return True


def _run_migrations() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _state_of_database(connection: psycopg.Connection[tuple[object, ...]]) -> object:
    found = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return found and found[0]
