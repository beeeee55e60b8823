"""The database is stopped for ten seconds under load: 5xx meanwhile, and recovery without anybody (INV-10)."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest

from reparto.ops.data_folder import DataFolder
from reparto.ops.embedded_postgres import EmbeddedPostgres, find_cluster, start_server, stop_server
from reparto.ops.make_environment import embedded_urls
from reparto.ops.open_installation import prepare_embedded
from tests.product import Product, eventually
from tests.ready_installation import copy_ready_installation
from tests.trouble.check_books import check_explanations, check_oracle, check_rows, check_sittings, check_turns
from tests.trouble.world import Oracle, World
from tests.trouble.yard import Company, Yard, inside, settle

STOPPED_SECONDS = 10
direct = build_opener(ProxyHandler({}))


@dataclass
class Server:
    """A PostgreSQL of one's own, with the settings of production, that this test stops and starts."""

    cluster: EmbeddedPostgres
    port: int
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """Stop it, ending every session."""
        stop_server(self.cluster)
        self.process.wait(30)

    def start(self) -> None:
        """Start it on the same port."""
        self.process, _ = start_server(self.cluster, port=self.port, tied=True)


@pytest.fixture
def server() -> Iterator[tuple[Server, Yard, dict[str, str]]]:
    """The server, how to look into it, and the environment of an installation on it."""
    top = Path(tempfile.mkdtemp(prefix="s-", dir=os.environ["REPARTO_TEST_RUN"]))
    top.chmod(0o755)
    folder = DataFolder(top / "database")
    secrets = copy_ready_installation(folder)
    cluster = find_cluster(folder, password=secrets.superuser)
    process, port = start_server(cluster, tied=True)
    prepare_embedded(cluster, secrets, port=port)
    urls = embedded_urls(secrets, port=port)
    environment = {
        "DATABASE_URL": urls.app,
        "REPARTO_OWNER_DATABASE_URL": urls.owner or "",
        "REPARTO_SECRET_KEY": os.environ["REPARTO_SECRET_KEY"],
    }
    running = Server(cluster, port, process)
    yield running, Yard(urls.app, cluster.url(port, "reparto")), environment
    running.process.send_signal(signal.SIGQUIT)
    running.process.wait(30)
    shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def product(server: tuple[Server, Yard, dict[str, str]]) -> Iterator[Product]:
    """The whole product, `reparto up`, on that database."""
    folder = Path(tempfile.mkdtemp(prefix="d-", dir=os.environ["REPARTO_TEST_RUN"]))
    folder.chmod(0o755)
    running = Product(folder / "data", environment=server[2])
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


def ready(product: Product) -> bool:
    """Tell whether the probe for traffic says yes."""
    try:
        with direct.open(f"{product.url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class TestAStoppedDatabase:
    """INV-10."""

    @pytest.mark.timeout(300)
    def test_is_5xx_and_loses_nothing(
        self,
        server: tuple[Server, Yard, dict[str, str]],
        product: Product,
        tmp_path: Path,
        django_db_blocker: Any,
        record_property: Callable[[str, Any], None],
    ) -> None:
        """INV-10: with the database stopped for 10 s under load the hooks answer 5xx, then all goes on by itself."""
        database, yard, _ = server
        oracle = Oracle(tmp_path / "accepted")
        with django_db_blocker.unblock(), inside(yard):
            company = settle()
        with World([company], [product.port], oracle, threads=4, pace=0.05) as world:
            assert eventually(lambda: len(oracle.accepted()) > 50, seconds=60)
            world.times.clear()
            database.stop()
            stopped = time.monotonic()
            time.sleep(STOPPED_SECONDS)
            assert not ready(product)
            meanwhile = list(world.times)
            database.start()
            started = time.monotonic()
            accepted = len(oracle.accepted())
            assert eventually(lambda: len(oracle.accepted()) > accepted + 50, seconds=60)
            recovered = time.monotonic() - started
        yard.wait_until_quiet()
        during = [status for began, status in meanwhile if began > stopped]
        record_property("happened", f"{during} while stopped, 50 more after {recovered:.1f} s, {world.statuses}")
        assert any(status >= 500 for status in during)
        assert not any(200 <= status < 500 for status in during)
        assert eventually(lambda: ready(product), seconds=20)
        with django_db_blocker.unblock(), inside(yard):
            check_all(yard, company, oracle, world)


def check_all(yard: Yard, company: Company, oracle: Oracle, world: World) -> None:
    """Look at all the books."""
    check_oracle(yard, oracle.accepted(), world.tried)
    check_rows(yard)
    dealt = check_turns(yard, company.rule.pk, [person.person_id for person in company.team])
    assert dealt == yard.count("contacts_contact") == check_sittings(company.organization_id)
    check_explanations(company.organization_id)
