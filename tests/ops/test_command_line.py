"""The command line: exit statuses, and where what is said goes."""

import json
from pathlib import Path

import pytest

from reparto.ops.command_line import COMMANDS
from tests.product import run_reparto


class TestWrongUse:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["nonsense"],
            ["company"],
            ["company", "create"],
            ["explain", "seven"],
            ["up", "--port", "x"],
            ["token", "create", "--name", "n"],
        ],
        ids=" ".join,
    )
    def test_it_exits_2_and_shows_the_usage(self, arguments: list[str]) -> None:
        """A command that cannot be read exits 2, with the usage on standard error and nothing on standard output."""
        said = run_reparto(*arguments)

        assert (2, "") == (said.status, said.out)
        assert "usage: reparto" in said.err


class TestRefusals:
    @pytest.mark.parametrize("arguments", [["explain", "7"], ["doctor"], ["backup", "x.dump"]], ids=" ".join)
    def test_without_an_installation_it_says_what_to_do(self, tmp_path: Path, arguments: list[str]) -> None:
        """On a folder without an installation a command exits 1, says so on standard error and makes nothing."""
        said = run_reparto(*arguments, "--data", str(tmp_path / "none"), "--json")

        assert (1, "") == (said.status, said.out)
        assert "There is no installation in" in said.err
        assert not (tmp_path / "none").exists()

    @pytest.mark.parametrize("kind", ["web", "worker"])
    def test_web_and_worker_alone_want_a_database(self, kind: str, tmp_path: Path) -> None:
        """The two process kinds, started apart, refuse to run without DATABASE_URL."""
        said = run_reparto(kind, "--data", str(tmp_path))

        assert 1 == said.status
        assert "DATABASE_URL is not set" in said.err

    def test_an_unfit_role_is_refused(self, bare, tmp_path: Path) -> None:
        """A worker whose database role is a superuser does not start, and says every reason (INV-69)."""
        said = run_reparto("worker", "--data", str(tmp_path), environment={"DATABASE_URL": bare.superuser_url})

        assert 1 == said.status
        assert "is a superuser" in said.err
        assert "not migrated" in said.err

    def test_a_database_out_of_reach_is_said(self, tmp_path: Path) -> None:
        """A database that does not answer is named as the reason, without its password."""
        away = {"DATABASE_URL": "postgresql://reparto_app:sesame@127.0.0.1:1/reparto"}
        said = run_reparto("worker", "--data", str(tmp_path), environment=away)

        assert 1 == said.status
        assert "out of reach" in said.err
        assert "sesame" not in said.err


class TestDbPrepare:
    def test_it_makes_the_roles_on_a_database_of_ones_own(self, bare, tmp_path: Path) -> None:
        """With a superuser's way in, the two URLs become a database with roles that are fit."""
        place = f"127.0.0.1:{bare.port}/own"
        urls = {
            "DATABASE_URL": f"postgresql://reparto_app:{bare.secrets.app}@{place}",
            "REPARTO_OWNER_DATABASE_URL": f"postgresql://reparto_owner:{bare.secrets.owner}@{place}",
        }
        said = run_reparto(
            "db",
            "prepare",
            "--admin-url",
            bare.cluster.url(bare.port),
            "--data",
            str(tmp_path),
            "--json",
            environment=urls,
        )

        assert {"database": "own", "owner": "reparto_owner", "app": "reparto_app"} == json.loads(said.out)

    def test_without_a_superuser_it_says_what_it_needs(self, bare, tmp_path: Path) -> None:
        """The owner alone cannot make a database; the message says which way in is missing."""
        place = f"127.0.0.1:{bare.port}/missing"
        urls = {
            "DATABASE_URL": f"postgresql://reparto_app:{bare.secrets.app}@{place}",
            "REPARTO_OWNER_DATABASE_URL": f"postgresql://reparto_owner:{bare.secrets.owner}@{place}",
        }
        said = run_reparto("db", "prepare", "--data", str(tmp_path), environment=urls)

        assert 1 == said.status
        assert "--admin-url" in said.err


class TestEveryCommand:
    def test_it_has_a_file_and_a_function_of_its_name(self) -> None:
        """Each command in the table is a file under `commands/`, and each file there is in the table."""
        folder = Path(__file__).parent.parent.parent / "reparto" / "ops" / "commands"
        files = {path.stem for path in folder.glob("*.py")} - {"__init__"}

        assert files == {command.name for command in COMMANDS}
