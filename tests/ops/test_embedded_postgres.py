"""The private PostgreSQL under the data folder."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from reparto.ops.answer import Refusal
from reparto.ops.data_folder import DataFolder
from reparto.ops.embedded_postgres import EmbeddedPostgres, find_cluster, find_running_port, start_server, stop_server
from tests.bare_server import Bare


@pytest.fixture(scope="module")
def cluster() -> Iterator[EmbeddedPostgres]:
    """A cluster with the settings of production; each test starts it and leaves it stopped."""
    folder = DataFolder(Path(tempfile.mkdtemp(prefix="e-", dir=os.environ["REPARTO_TEST_RUN"])) / "data")
    folder.path.parent.chmod(0o755)
    folder.make()
    yield find_cluster(folder, password="a-password")
    shutil.rmtree(folder.path.parent)


def committed(cluster: EmbeddedPostgres, port: int) -> list[tuple[object, ...]]:
    """Return what the table of the test holds."""
    with psycopg.connect(cluster.url(port)) as connection:
        return connection.execute("SELECT n FROM kept ORDER BY n").fetchall()


class TestEmbeddedPostgres:
    def test_what_was_committed_survives_kill_9(self, cluster: EmbeddedPostgres) -> None:
        """After `kill -9` of the server the next start has every commit, and no stale pid file is in its way."""
        server, port = start_server(cluster, tied=True)
        with psycopg.connect(cluster.url(port)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT n FROM generate_series(1, 3) n")
        server.kill()
        server.wait()
        still_running = find_running_port(cluster)

        stop_server(cluster)
        server, port = start_server(cluster, tied=True)
        kept = committed(cluster, port)
        stop_server(cluster)

        assert still_running is None
        assert [(1,), (2,), (3,)] == kept
        assert 0 == server.wait(10)

    def test_a_server_left_over_is_found_and_stopped(self, cluster: EmbeddedPostgres) -> None:
        """A server that outlived who started it is recognised by its folder, and stops when told."""
        server, port = start_server(cluster, tied=False)

        found = find_running_port(cluster)
        stop_server(cluster)

        assert port == found
        assert find_running_port(cluster) is None
        assert 0 == server.wait(10)

    def test_the_number_of_another_program_is_not_touched(self, cluster: EmbeddedPostgres) -> None:
        """A pid file that names a living program which is no server of ours is removed; the program lives on."""
        pid_file = cluster.data / "postmaster.pid"
        pid_file.write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n")

        stop_server(cluster)

        assert not pid_file.exists()

    def test_a_folder_of_another_version_is_refused(self, open_folder: Path) -> None:
        """A cluster that this PostgreSQL cannot read is named, with the way out; nothing is made beside it."""
        other = open_folder / "pg9"
        other.mkdir()
        (other / "PG_VERSION").write_text("9")

        with pytest.raises(Refusal, match=r"pg9 was made by another PostgreSQL.*restore"):
            find_cluster(DataFolder(open_folder), password="a-password")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the database another user")
    def test_a_private_folder_is_refused_with_a_way_out(self, open_folder: Path) -> None:
        """Run by root, a data folder which the database's user cannot enter is refused with what to do."""
        private = DataFolder(open_folder / "private" / "data")
        private.make()
        private.path.parent.chmod(0o700)

        with pytest.raises(Refusal, match=r"may not enter .*--data"):
            find_cluster(private, password="a-password")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the database another user")
    def test_programs_out_of_reach_are_copied(self, open_folder: Path, bare: Bare, monkeypatch) -> None:
        """If the programs lie in a private folder, as in root's home, they are copied beside the data and work."""
        package = bare.cluster.programs.folder.parent.parent
        if package.name != "embedded_postgres":
            pytest.skip("an installed PostgreSQL is in reach of everybody")
        private = open_folder / "private"
        shutil.copytree(package / "pginstall", private / package.name / "pginstall", symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), private / f"{package.name}.libs")
        private.chmod(0o700)
        monkeypatch.setenv("REPARTO_PG_BIN", str(private / package.name / "pginstall" / "bin"))
        folder = DataFolder(open_folder / "data")
        folder.make()

        cluster = find_cluster(folder, password="a-password")

        assert folder.path in cluster.programs.folder.parents
        assert (cluster.data / "PG_VERSION").exists()


class TestTheOrderOfTexts:
    def test_it_is_the_same_everywhere(self, bare: Bare) -> None:
        """Texts are ordered by their characters, whatever the language of the machine."""
        with psycopg.connect(bare.superuser_url) as connection:
            ordered = connection.execute("SELECT x FROM unnest('{b,A,a,B,á}'::text[]) x ORDER BY x").fetchall()

        assert [("A",), ("B",), ("a",), ("b",), ("á",)] == ordered
