"""
What every test stands on: the environment, the database, and a wall around the machine.

A test that marks `django_db` runs as the app role on this process's own clone of the migrated template, where a company
is founded beforehand; what it does is rolled back, or with `transaction=True` the clone is made anew.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from tests.run_folder import drop_run_folder, keep_bytecode, make_run_folder

CONTROLLER = "PYTEST_XDIST_WORKER" not in os.environ
if CONTROLLER:
    # Whoever runs the tests may have an installation of their own in the environment; the tests must not meet it.
    for name in [name for name in os.environ if name.startswith("REPARTO_") and not name.startswith("REPARTO_TEST_")]:
        del os.environ[name]
    RUN = make_run_folder()
    keep_bytecode()
    os.environ |= {"REPARTO_TEST_RUN": str(RUN), "REPARTO_TEST_CONTROLLER": str(os.getpid())}
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "reparto.config.settings",
    # Nobody answers there: a test that wants a database asks for one.
    "DATABASE_URL": "postgresql://reparto_app:none@127.0.0.1:1/none",
    "REPARTO_SECRET_KEY": "a-secret-key-for-tests-and-nothing-else",
    "REPARTO_BASE_URL": "http://127.0.0.1:8000",
    "REPARTO_DATA": os.environ["REPARTO_TEST_RUN"] + "/data",
    "REPARTO_DB_POOL": "0",
}

import django  # noqa: E402 (reads the environment set above)

# Before any test module is imported, for modules of tests import tables.
django.setup()

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402 (reads the environment set above)

from reparto.ops.find_programs import installed_folders  # noqa: E402 (reads the environment set above)
from tests.cluster import Cluster, join_cluster, stop_clusters  # noqa: E402
from tests.on_database import describe, environment_of, on_database  # noqa: E402
from tests.product import Product  # noqa: E402

# To hash a password is dear by intent; who guesses here knows it. Processes of the product hash as they always do.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


def pytest_configure(config: pytest.Config) -> None:
    """Choose the PostgreSQL that REPARTO_TEST_PG names (a major version), and build the wall."""
    if wanted := os.environ.get("REPARTO_TEST_PG"):
        fitting = [folder for folder in installed_folders() if f"/{wanted}/" in f"{folder}/"]
        if not fitting:
            pytest.exit(f"REPARTO_TEST_PG={wanted}, but no PostgreSQL {wanted} is installed here.", returncode=1)
        os.environ["REPARTO_PG_BIN"] = str(fitting[0])
    sys.addaudithook(_stay_on_this_machine)


#: What takes long comes first, so that no process is left with it at the end; of what is short the order is as it was.
FIRST = ("test_kill_loop", "test_planted_bugs", "test_many_workers", "trouble", "ops", "walk", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long; those of one file stay together, for they share what is dear."""
    items.sort(key=lambda item: next((place for place, name in enumerate(FIRST) if name in _names(item)), len(FIRST)))


def _names(item: pytest.Item) -> set[str]:
    return {item.path.stem, item.path.parent.name}


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what the run has started, however it went."""
    if CONTROLLER:
        stop_clusters(RUN)
        drop_run_folder(RUN)


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    # An audit hook sees every connection of every library in this process, and nothing can take it away again.
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if host != "localhost" and not _is_loopback(host):
            raise PermissionError(f"A test may not connect to {host}; use a fake on 127.0.0.1.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The run's PostgreSQL: fast, and forgetful when the machine loses power."""
    return join_cluster(Path(os.environ["REPARTO_TEST_RUN"]))


@pytest.fixture(scope="session")
def durable_cluster() -> Cluster:
    """A PostgreSQL with the settings of production, for tests that kill and then count."""
    return join_cluster(Path(os.environ["REPARTO_TEST_RUN"]), durable=True)


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, worker_id: str, django_db_blocker: Any, django_test_environment: None) -> None:
    """Point Django at this process's clone, as the app role; takes the place of pytest-django's own set-up."""
    from django.db import connections, transaction
    from django.test import TransactionTestCase

    from reparto.rules.queries import frozen_rule_set
    from tests.cast import a_company
    from tests.ready_company import keep_company

    database, settled = f"reparto_{worker_id}", f"settled_{worker_id}"
    with django_db_blocker.unblock(), on_database(cluster.clone(settled)), transaction.atomic():
        keep_company(a_company(), database=database)
    connections.close_all()
    urls = cluster.clone(database, of=settled)
    os.environ |= environment_of(urls)
    connections["default"].settings_dict.update(describe(urls.app))

    def renew(_case: TransactionTestCase) -> None:
        # Django would TRUNCATE, which the app role may not, and which would take the rows that migrations made.
        connections.close_all()
        cluster.clone(database, of=settled)
        # Companies of the new one have the numbers of the old one's.
        frozen_rule_set.cache_clear()

    TransactionTestCase._fixture_teardown = renew  # type: ignore[attr-defined]


@pytest.fixture
def superuser_url(cluster: Cluster, worker_id: str, db: None) -> str:
    """The superuser's way into this process's database: sees what is committed, in all organizations."""
    return cluster.superuser_url(f"reparto_{worker_id}")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the database's user can enter, unlike pytest's `tmp_path`."""
    folder = Path(tempfile.mkdtemp(prefix="t-", dir=os.environ["REPARTO_TEST_RUN"]))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """A whole running Reparto, shared by the tests of this process: `.url`, `.data`, `.cli(...)`."""
    folder = Path(tempfile.mkdtemp(prefix="p-", dir=os.environ["REPARTO_TEST_RUN"]))
    folder.chmod(0o755)
    running = Product(folder / "data")
    running.make_ready()
    running.start()
    yield running
    running.stop()
