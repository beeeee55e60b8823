"""
`/healthz` and `/readyz`, for whoever supervises the processes: is this one up, can it serve.

They stand before every other middleware: a probe has no login session, comes by address instead of name, and must be
answered while the database is down. They give no detail away.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class AnswerProbes:
    """Middleware: answer the two probes, hand all else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler; nothing is known of the migrations yet."""
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say 200 or 503 to a probe."""
        if request.path == "/healthz":
            return _answer(well=True)
        if request.path == "/readyz":
            return _answer(well=self._is_ready())
        return self.get_response(request)

    def _is_ready(self) -> bool:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Migrations are applied once in the life of a process, so they are read until then only.
            self.migrated = self.migrated or _all_migrated()
        except DatabaseError:
            return False
        return self.migrated


def _all_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _answer(*, well: bool) -> HttpResponse:
    answer = HttpResponse("ok\n" if well else "not ready\n", content_type="text/plain", status=200 if well else 503)
    answer["Cache-Control"] = "no-store"
    return answer
