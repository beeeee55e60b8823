"""
A cursor whose statements the server prepares once a connection, for the few that run all day.

Django composes statements on the client, so the server would parse and plan each one anew; for pages that does not
matter. It takes part in Django's transaction, its errors are Django's, and whoever counts queries sees its too.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Self

import psycopg
from django.db import connection
from psycopg.abc import Params

#: `%s`, `%(name)s` and the percent sign itself, as the driver's own cursors read them.
PLACE = re.compile(r"%(?:%|s|\((\w+)\)s)")


class Prepared(psycopg.RawCursor[tuple[Any, ...]]):
    """Prepares whatever it executes. The driver would read statements of more than 4 kB anew each time."""

    def execute(self, query: Any, params: Params | None = None, **_options: Any) -> Self:
        """Send one statement; in a pipeline its answer is read later."""
        if connection.queries_logged:
            connection.queries_log.append({"sql": as_sent(query, params), "time": ""})
        if params is None:
            return super().execute(query, prepare=True)
        text, names = _numbered(query)
        values = [params[name] for name in names] if isinstance(params, Mapping) else params
        return super().execute(text, values, prepare=True)


@lru_cache(maxsize=512)
def _numbered(query: str) -> tuple[str, tuple[str, ...]]:
    """Return the statement with its places numbered, each name once, and the names in that order."""
    names: dict[str, int] = {}

    def number(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%"
        name = place[1] or f"%{len(names)}"
        return f"${names.setdefault(name, len(names) + 1)}"

    return PLACE.sub(number, query), tuple(names)


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
