"""`reparto up`: the whole installation comes up, stays up and goes down."""

import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import psutil
import pytest

from tests.product import Product, eventually, lives

direct = build_opener(ProxyHandler({}))


def serves(product: Product) -> bool:
    """Tell whether the web answers."""
    try:
        with direct.open(f"{product.url}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def verdicts(product: Product) -> dict[str, str]:
    """Return what `reparto doctor` finds, by subject."""
    said = product.cli("doctor", "--json")
    return {finding["subject"]: finding["verdict"] for finding in said.json["findings"]} if said.out else {"schema": ""}


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those that have not ended."""
    return [process for process in processes if lives(process)]


@pytest.fixture(scope="module")
def installation(tmp_path_factory, request) -> Iterator[Product]:
    """An installation of this module, which its tests kill and start again in turn."""
    import os
    import shutil
    import tempfile

    top = Path(tempfile.mkdtemp(prefix="u-", dir=os.environ["REPARTO_TEST_RUN"]))
    top.chmod(0o755)
    installation = Product(top / "data")
    yield installation
    installation.stop()
    shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def up(installation: Product) -> Product:
    """The installation, running."""
    if not installation.family():
        installation.start()
    return installation


class TestUp:
    def test_it_comes_up_and_says_so_in_one_line(self, up: Product) -> None:
        """After its one line the web answers, with two workers at work and the database as a role that is fit."""
        found = verdicts(up)

        assert serves(up)
        assert 2 == len(up.processes("worker"))
        assert ("ok", "ok", "ok") == (found["database role"], found["schema"], found["workers"])

    def test_a_second_up_on_the_same_folder_is_refused(self, up: Product) -> None:
        """Two installations never share a folder: the second says that the first is up."""
        said = up.cli("up", "--port", "0")

        assert 1 == said.status
        assert "already up" in said.err

    def test_a_second_up_on_the_same_port_is_refused(self, up: Product) -> None:
        """Two installations never share a port, even if the second begins before the first has opened it."""
        said = Product(up.data.with_name("elsewhere")).cli("up", "--port", up.url.rpartition(":")[2])

        assert 1 == said.status
        assert "Choose another one by --port" in said.err

    def test_killed_workers_come_back(self, up: Product) -> None:
        """Workers killed by `kill -9` run again within a second, and the web goes on answering meanwhile."""
        former = {process.pid for process in up.processes("worker")}
        up.kill("worker")

        assert serves(up)
        assert eventually(lambda: len({p.pid for p in up.processes("worker")} - former) == 2, seconds=20)

    def test_a_killed_web_comes_back(self, up: Product) -> None:
        """If every web process is killed, new ones answer on the same port."""
        former = {process.pid for process in up.processes("web")}
        up.kill("web")

        assert eventually(lambda: serves(up) and not former & {p.pid for p in up.processes("web")}, seconds=60)

    def test_a_killed_database_comes_back(self, up: Product) -> None:
        """If every process of the database is killed, it recovers on the same port and commands work again."""
        up.kill("postgres")

        assert eventually(lambda: verdicts(up)["schema"] == "ok" and serves(up), seconds=60)

    def test_killed_itself_it_leaves_nothing_behind(self, up: Product) -> None:
        """After `kill -9` of `up` its children end by themselves, and the next `up` carries on."""
        family = up.family()
        up.process.kill()
        up.process.wait()
        left = eventually(lambda: not alive(family), seconds=30)
        up.start()

        assert left
        assert serves(up)

    def test_sigterm_stops_all_of_it(self, up: Product) -> None:
        """On SIGTERM web, workers and database end, and the status is 0."""
        family = up.family()
        status = up.stop()

        assert 0 == status
        assert [] == alive(family)

    def test_ctrl_c_stops_it_too(self, installation: Product) -> None:
        """On SIGINT it stops as cleanly."""
        installation.start()
        family = installation.family()

        assert 0 == installation.stop(signal.SIGINT)
        assert [] == alive(family)


class TestCommandsWithoutUp:
    def test_they_start_the_database_for_themselves(self, installation: Product) -> None:
        """While nothing runs, a command starts the database, works, and stops it again."""
        if not (installation.data / "secrets.json").exists():
            installation.start()
        installation.stop()
        found = verdicts(installation)

        assert "ok" == found["schema"]
        assert [] == list(installation.data.glob("pg*/postmaster.pid"))

    def test_a_backup_restores_into_an_empty_installation(self, installation: Product, tmp_path: Path) -> None:
        """A backup reads back whole into a new folder, once; into one that holds anything it is refused."""
        copy = Product(installation.data.with_name("copy"))
        saved = installation.cli("backup", str(tmp_path / "all.dump"), "--json")
        restored = copy.cli("restore", str(tmp_path / "all.dump"))
        again = copy.cli("restore", str(tmp_path / "all.dump"))
        found = verdicts(copy)

        assert (0, 0, 1) == (saved.status, restored.status, again.status), saved.err + restored.err
        assert ("ok", "ok") == (found["schema"], found["database role"])
        assert "not empty" in again.err
