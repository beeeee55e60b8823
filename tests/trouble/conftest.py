"""What the tests of trouble share: a yard on a durable or on a fast database, and the mark `drill`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cluster import Cluster
from tests.trouble.yard import Yard, inside, open_yard

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let `make drill` run all of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("drill")


@pytest.fixture
def durable_yard(durable_cluster: Cluster, worker_id: str, django_db_blocker: Any) -> Iterator[Yard]:
    """A fresh database with the settings of production, in which this process works too."""
    yield from _yard(durable_cluster, f"trouble_{worker_id}", django_db_blocker)


@pytest.fixture
def yard(cluster: Cluster, worker_id: str, django_db_blocker: Any) -> Iterator[Yard]:
    """A fresh fast database, in which this process works too."""
    yield from _yard(cluster, f"trouble_{worker_id}", django_db_blocker)


@pytest.fixture(scope="module")
def module_yard(cluster: Cluster, worker_id: str, django_db_blocker: Any) -> Iterator[Yard]:
    """The same, for the tests of a module in turn."""
    yield from _yard(cluster, f"trouble_module_{worker_id}", django_db_blocker)


def _yard(cluster: Cluster, name: str, blocker: Any) -> Iterator[Yard]:
    yard = open_yard(cluster, name)
    with blocker.unblock(), inside(yard):
        yield yard
    cluster.drop(name)
