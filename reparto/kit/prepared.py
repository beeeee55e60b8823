"""
A cursor whose statements the server prepares once a connection, for the few that run all day.

Django composes statements on the client, so the server would parse and plan each one anew; for pages that does not
matter. It takes part in Django's transaction, its errors are Django's, and whoever counts queries sees its too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from django.db import connection
from psycopg.abc import Params


class Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """Prepares whatever it executes."""

    def execute(self, query: Any, params: Params | None = None, **_options: Any) -> Self:
        """Send one statement; in a pipeline its answer is read later."""
        if connection.queries_logged:
            connection.queries_log.append({"sql": as_sent(query, params), "time": ""})
        return super().execute(query, params, prepare=True)


@contextmanager
def prepared_cursor() -> Iterator[Prepared]:
    """Lend a cursor of the running transaction."""
    connection.ensure_connection()
    # Django sets None, which tells the driver never to prepare, whatever a statement asks for. Django's own cursors
    # compose on the client and are not touched by this.
    if connection.connection.prepare_threshold is None:
        connection.connection.prepare_threshold = 0
    with connection.wrap_database_errors, Prepared(connection.connection) as cursor:
        yield cursor


def as_sent(query: Any, params: Params | None) -> str:
    """Return a statement with its values in it, for whoever counts queries or runs them again."""
    return psycopg.ClientCursor(connection.connection).mogrify(query, params)
