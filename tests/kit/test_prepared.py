"""Statements that run all day are planned once a connection, and carry long lists cheaply."""

import pytest
from django.db import connection, transaction

from reparto.kit.prepared import prepared_cursor
from reparto.kit.write_array import write_array

pytestmark = pytest.mark.django_db


def prepared() -> list[str]:
    """Return what the server has prepared on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


class TestAPreparedCursor:
    """A cursor of the running transaction."""

    def test_has_the_server_prepare_what_it_executes(self) -> None:
        """P1: the server keeps the statement after the first time, although Django's connections never prepare."""
        with transaction.atomic(), prepared_cursor() as cursor:
            cursor.execute("SELECT %s::int + 41", [1])

            assert (42,) == cursor.fetchone()
        assert "SELECT $1::int + 41" in prepared()

    def test_leaves_djangos_own_cursors_alone(self) -> None:
        """Statements of pages are composed on the client as before."""
        with prepared_cursor(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::int + 17", [1])

        assert [] == [one for one in prepared() if "17" in one]


class TestAnArray:
    """What `write_array` writes."""

    @pytest.mark.parametrize(
        ("values", "kind"),
        [([], "bigint"), ([1, None, -(2**40)], "bigint"), (["", 'a "b"', "c\\d", "{,}", "NULL", None, "ñ 𝄞"], "text")],
    )
    def test_is_read_as_it_was(self, values: list[int | str | None], kind: str) -> None:
        """Numbers, texts with any sign, and nulls come out of the server as they went in."""
        with prepared_cursor() as cursor:
            cursor.execute(f"SELECT %s::{kind}[]", [write_array(values)])

            assert (values,) == cursor.fetchone()
