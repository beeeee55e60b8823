"""The two probes of whoever supervises the processes."""

import pytest
from django.db import connection
from django.test import Client


class TestHealth:
    def test_needs_no_database(self) -> None:
        """A process that is up says so, database or not, and nothing else of itself."""
        said = Client().get("/healthz", headers={"Host": "10.0.0.7"})

        assert (200, b"ok\n") == (said.status_code, said.content)


class TestReadiness:
    @pytest.mark.django_db
    def test_a_migrated_database_that_answers_is_enough(self) -> None:
        """With all migrations applied a process is ready."""
        assert 200 == Client().get("/readyz").status_code

    @pytest.mark.django_db
    def test_a_missing_migration_is_not_ready(self) -> None:
        """While a migration is missing no traffic is to come here."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = pg_catalog")

        said = Client().get("/readyz")

        assert (503, b"not ready\n") == (said.status_code, said.content)

    @pytest.mark.django_db(transaction=True)
    def test_a_database_that_is_gone_is_not_ready(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """While the database does not answer a process is up, but not ready."""
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "PORT", "1")

        assert 503 == Client().get("/readyz").status_code
        assert 200 == Client().get("/healthz").status_code
