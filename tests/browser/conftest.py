"""What all browser tests share: the stage, and scenes of several files."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.inbox_scene import scene
from tests.browser.served import serve
from tests.browser.stage import House, Stage
from tests.cluster import Cluster
from tests.on_database import environment_of, on_database
from tests.web.open_browser import open_browser

__all__ = ["scene"]


@pytest.fixture(scope="session")
def house(cluster: Cluster, worker_id: str) -> Iterator[House]:
    """One web process for all browser tests of this process, with its pool of connections as in production."""
    urls = cluster.clone(f"browser_{worker_id}")
    with serve(environment_of(urls) | {"REPARTO_DB_POOL": "1"}) as url:
        yield House(url, urls)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; see `open_browser` for why not for all."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def stage(house: House, chromium: Browser, django_db_blocker: Any) -> Iterator[Stage]:
    """The stage, empty; every window is closed afterwards."""
    with django_db_blocker.unblock(), on_database(house.urls):
        yield Stage(house.url, chromium)
        for context in chromium.contexts:
            context.close()
