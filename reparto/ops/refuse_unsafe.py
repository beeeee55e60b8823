"""Refuse to serve on a database that would not keep companies apart, or that is not migrated. It mends nothing."""

import os

import psycopg

from .answer import Refusal
from .find_role_faults import find_role_faults
from .migrate_database import is_migrated


def refuse_unsafe() -> None:
    """
    Check the database that DATABASE_URL names, before anything is served.

    Raises:
        Refusal: It is unset, out of reach, too old, not migrated, or its role may do too much; all that is wrong.

    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise Refusal("DATABASE_URL is not set. Only `reparto up` brings a database of its own.")
    try:
        with psycopg.connect(url) as connection:
            faults = list(find_role_faults(connection))
    except psycopg.OperationalError as error:
        raise Refusal(f"The database is out of reach: {error}") from None
    if not is_migrated(url):
        faults.append("The database is not migrated; run `reparto db migrate` with REPARTO_OWNER_DATABASE_URL.")
    if faults:
        raise Refusal(" ".join(faults) + " `reparto db prepare` makes roles that are fit.")
