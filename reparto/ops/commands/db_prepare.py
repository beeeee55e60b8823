"""`reparto db prepare`: roles and grants on a PostgreSQL of one's own."""

import os
from argparse import Namespace

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..answer import Answer, Refusal
from ..prepare_roles import APP, Login, prepare_roles


def db_prepare(options: Namespace) -> Answer:
    """Make the roles that DATABASE_URL and REPARTO_OWNER_DATABASE_URL name, with the passwords in them."""
    app, owner = _read("DATABASE_URL"), _read("REPARTO_OWNER_DATABASE_URL")
    if app["user"] != APP:
        raise Refusal(f"DATABASE_URL names the role {app['user']}; migrations grant to {APP}, so use that name.")
    given = options.admin_url or os.environ.get("REPARTO_ADMIN_DATABASE_URL")
    # Without a superuser nothing but grants can be mended; the passwords stay as they are.
    admin = given or make_conninfo(os.environ["REPARTO_OWNER_DATABASE_URL"])
    try:
        prepare_roles(admin, database=str(app["dbname"]), owner=_login(owner, given), app=_login(app, given))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refusal(f"{error.diag.message_primary}; give a superuser's way in by --admin-url.") from None
    except psycopg.OperationalError as error:
        raise Refusal(f"{error} Give a superuser's way in by --admin-url.") from None
    said = {"database": app["dbname"], "owner": owner["user"], "app": app["user"]}
    return Answer(f"The roles {owner['user']} and {app['user']} are ready on {app['dbname']}.", said)


def _read(name: str) -> dict[str, object]:
    try:
        parts: dict[str, object] = dict(conninfo_to_dict(os.environ.get(name, "")))
    except psycopg.ProgrammingError:
        parts = {}
    if not parts.get("user") or not parts.get("dbname"):
        raise Refusal(f"{name} must be postgresql://USER:PASSWORD@HOST:PORT/NAME.")
    return parts


def _login(parts: dict[str, object], admin: str | None) -> Login:
    return Login(str(parts["user"]), str(parts["password"]) if admin and parts.get("password") else None)
