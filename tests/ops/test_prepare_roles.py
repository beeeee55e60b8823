"""The database roles: what each may do, and which are refused (INV-69)."""

import psycopg
import pytest
from psycopg import errors, sql

from reparto.ops.find_role_faults import find_role_faults
from reparto.ops.open_installation import prepare_embedded
from tests.bare_server import Bare


def faults_of(url: str) -> tuple[str, ...]:
    """Return what is wrong with the role of a connection."""
    with psycopg.connect(url) as connection:
        return find_role_faults(connection)


@pytest.fixture
def table(bare: Bare):
    """A table made by the owner after the roles were prepared, as a migration does."""
    with psycopg.connect(bare.urls.owner or "", autocommit=True) as owner:
        owner.execute("CREATE TABLE made_later (id bigint GENERATED ALWAYS AS IDENTITY, name text)")
        yield "made_later"
        owner.execute("DROP TABLE made_later")


class TestTheAppRole:
    def test_it_reads_and_writes_tables_that_come_later(self, bare: Bare, table: str) -> None:
        """A table that a migration makes needs no grant of its own for the app."""
        with psycopg.connect(bare.urls.app) as app:
            app.execute("INSERT INTO made_later (name) VALUES ('Ana')")
            app.execute("UPDATE made_later SET name = 'Luis'")
            app.execute("DELETE FROM made_later")

            assert [] == app.execute("SELECT FROM made_later").fetchall()

    @pytest.mark.parametrize("statement", ["CREATE TABLE own (id int)", "TRUNCATE made_later", "DROP TABLE made_later"])
    def test_it_makes_and_removes_no_table(self, bare: Bare, table: str, statement: str) -> None:
        """The role of web and workers has no DDL and empties no table."""
        with psycopg.connect(bare.urls.app) as app, pytest.raises(errors.InsufficientPrivilege):
            app.execute(sql.SQL(statement))

    def test_it_becomes_the_queue_only_when_it_asks(self, bare: Bare, table: str) -> None:
        """What the queue's role may see is not the app's until it says SET ROLE, and then the app's is not the queue's."""
        with psycopg.connect(bare.urls.app) as app:
            inherits = app.execute("SELECT pg_has_role('reparto_queue', 'USAGE')").fetchone()
            app.execute("SET LOCAL ROLE reparto_queue")

            assert (False,) == inherits
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute("SELECT FROM made_later")

    def test_it_is_fit_to_serve(self, bare: Bare) -> None:
        """Nothing is wrong with the role that we make ourselves."""
        assert () == faults_of(bare.urls.app)


class TestAnUnfitRole:
    def test_a_superuser_is_named(self, bare: Bare) -> None:
        """A superuser is refused: row-level security does not bind it, even where it is forced."""
        faults = faults_of(bare.superuser_url)

        assert "The database role postgres is a superuser." in faults
        assert "The database role postgres bypasses row-level security." in faults

    def test_an_owner_is_named(self, bare: Bare, table: str) -> None:
        """The role that migrates is refused for serving."""
        assert "The database role reparto_owner owns tables." in faults_of(bare.urls.owner or "")

    def test_a_member_of_the_owner_is_named(self, bare: Bare, table: str) -> None:
        """A role that could become the owner by SET ROLE is refused."""
        with psycopg.connect(bare.superuser_url, autocommit=True) as admin:
            admin.execute("GRANT reparto_owner TO reparto_app")
            faults = faults_of(bare.urls.app)
            admin.execute("REVOKE reparto_owner FROM reparto_app")

        assert ("The database role reparto_app may become the owner of tables.",) == faults


class TestPrepareRoles:
    def test_it_mends_what_has_drifted(self, bare: Bare) -> None:
        """A role that was given too much is put right by preparing again."""
        with psycopg.connect(bare.superuser_url, autocommit=True) as admin:
            admin.execute("ALTER ROLE reparto_app BYPASSRLS CREATEDB INHERIT PASSWORD 'another'")

        prepare_embedded(bare.cluster, bare.secrets, port=bare.port)

        assert () == faults_of(bare.urls.app)
