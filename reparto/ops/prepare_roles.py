"""
Make the database roles and what each may do. Safe to repeat: it mends what has drifted.

`reparto_owner` owns and migrates; `reparto_app` reads and writes under row-level security; `reparto_queue` cannot
sign in and sees only what migrations show it. It makes no table.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

QUEUE = "reparto_queue"
APP = "reparto_app"
OWNER = "reparto_owner"
EXTENSIONS = ("pg_trgm", "btree_gin", "btree_gist", "unaccent")

type Connection = psycopg.Connection[tuple[object, ...]]

#: The attributes as we write them, and whether the role may do more than it should.
_STANDING = """
SELECT array_remove(ARRAY[CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
                          CASE WHEN rolcanlogin AND NOT rolinherit THEN 'NOINHERIT' END], NULL),
       rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication
FROM pg_roles WHERE rolname = %s
"""


@dataclass(frozen=True)
class Login:
    """A role that signs in; no password means: leave the one it has."""

    name: str
    password: str | None


def prepare_roles(admin_url: str, *, database: str, owner: Login, app: Login) -> None:
    """
    Make the roles and the database, as a superuser (or a role that may create both).

    Where all of it stands already, any role that owns the database will do.

    Raises:
        psycopg.Error: The role of `admin_url` may not do what is missing.

    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _make_role(admin, owner, "LOGIN")
        # NOINHERIT: being a member of the queue's role must not widen what the app sees until it asks for it.
        _make_role(admin, app, "LOGIN NOINHERIT")
        _make_role(admin, Login(QUEUE, None), "NOLOGIN")
        if not _answer(admin, "SELECT pg_has_role(%s, %s, 'MEMBER')", app.name, QUEUE):
            _say(admin, "GRANT {} TO {}", QUEUE, app.name)
        if not _answer(admin, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", database):
            _say(admin, "CREATE DATABASE {} OWNER {}", database, owner.name)
    with psycopg.connect(psycopg.conninfo.make_conninfo(admin_url, dbname=database)) as admin:
        grant_inside(admin, owner=owner.name, app=app.name)


def grant_inside(admin: Connection, *, owner: str, app: str) -> None:
    """Grant each role what it needs inside the connected database, tables to come included."""
    for extension in EXTENSIONS:
        _say(admin, "CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public", extension)
    _say(admin, "ALTER SCHEMA public OWNER TO {}", owner)
    # Before PostgreSQL 15 everybody could create here; a database brought from there still lets them.
    _say(admin, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    for role in (app, QUEUE):
        _say(admin, "GRANT USAGE ON SCHEMA public TO {}", role)
    for what, on in (
        ("SELECT, INSERT, UPDATE, DELETE", "TABLES"),
        ("USAGE, SELECT", "SEQUENCES"),
        ("EXECUTE", "FUNCTIONS"),
    ):
        to_come = f"ALTER DEFAULT PRIVILEGES FOR ROLE {{}} IN SCHEMA public GRANT {what} ON {on} TO {{}}"
        _say(admin, to_come, owner, app)


def _make_role(admin: Connection, login: Login, attributes: str) -> None:
    plain = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"
    known = admin.execute(_STANDING, [login.name]).fetchone()
    # Only what differs: naming NOSUPERUSER at all takes a superuser.
    if known is None:
        _say(admin, f"CREATE ROLE {{}} {attributes} {plain}", login.name)
    elif known[0] != attributes.split() or known[1]:
        _say(admin, f"ALTER ROLE {{}} {attributes} {plain}", login.name)
    if login.password is not None:
        # Hashed on this side: no log of the server ever sees it.
        hashed = admin.pgconn.encrypt_password(login.password.encode(), login.name.encode(), b"scram-sha-256").decode()
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login.name), sql.Literal(hashed)))


def _answer(admin: Connection, question: str, *about: str) -> object:
    found = admin.execute(question, about).fetchone()
    return found and found[0]


def _say(admin: Connection, statement: str, *names: str) -> None:
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
