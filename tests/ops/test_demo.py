"""`reparto up --demo`: one command later there is a company to look at, and it goes on living."""

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from reparto.ops.demo.cast import ADMIN, AGENT, MANAGER, PASSWORD
from tests.product import Product, eventually

PEOPLE = (ADMIN, MANAGER, AGENT)


@pytest.fixture(scope="module")
def demo() -> Iterator[Product]:
    """A demo with a short past: what it has behind it is made by the same steps, only fewer."""
    top = Path(tempfile.mkdtemp(prefix="m-", dir=os.environ["REPARTO_TEST_RUN"]))
    top.chmod(0o755)
    product = Product(top / "data", {"REPARTO_DEMO_DAYS": "0"})
    product.make_ready()
    (product.data / "demo").touch()
    product.start("--demo")
    yield product
    product.stop()
    shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(scope="module")
def said(demo: Product) -> list[str]:
    """What the demo says once there is a company."""
    return hear(demo)


@pytest.fixture(scope="module")
def api(demo: Product, said: list[str]) -> Iterator[httpx.Client]:
    """The API as the demo's administrator."""
    token = demo.cli("token", "create", "--person", ADMIN.email, "--name", "test").out.strip()
    with httpx.Client(
        base_url=f"{demo.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=20
    ) as client:
        yield client


def hear(demo: Product, *, seconds: float = 120) -> list[str]:
    """Return the lines up to the last sign-in."""
    watchdog = threading.Timer(seconds, demo.process.kill)
    watchdog.start()
    lines: list[str] = []
    try:
        while not lines or AGENT.email not in lines[-1]:
            line = demo.process.stdout.readline()
            assert line, f"The demo did not come up: {demo.log.read_text()[-3000:]}"
            lines.append(line)
    finally:
        watchdog.cancel()
    return lines


def newest(api: httpx.Client) -> list[dict]:
    """Return the contacts that came last, the last one first."""
    return api.get("/contacts", params={"limit": 20}).json()["items"]


class TestTheDemo:
    def test_says_how_to_sign_in(self, demo: Product, said: list[str]) -> None:
        """Administrator, manager and agent each have a line with e-mail and password, below the address."""
        lines = [line.split()[:2] for line in said[-3:]]

        assert [[part.email, PASSWORD] for part in PEOPLE] == lines
        assert demo.url in said[-4]

    @pytest.mark.parametrize("part", PEOPLE, ids=lambda part: part.role)
    def test_lets_each_of_them_in(self, demo: Product, said: list[str], part) -> None:
        """With what it says one comes to the inbox."""
        with httpx.Client(base_url=demo.url, follow_redirects=True, timeout=20) as browser:
            form = browser.get("/entrar/").text
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
            page = browser.post(
                "/entrar/",
                data={"login": part.email, "password": PASSWORD, "csrfmiddlewaretoken": token},
                headers={"Referer": demo.url},
            )

        assert (200, "/bandeja") == (page.status_code, page.url.path)
        assert part.name in page.text

    def test_has_work_behind_it(self, api: httpx.Client) -> None:
        """There are contacts with their people, some with nobody, and conversations that were answered."""
        contacts = api.get("/contacts", params={"limit": 200}).json()["items"]
        owned = [one for one in contacts if one["owner_id"]]

        assert 40 < len(contacts)
        assert 0 < len(contacts) - len(owned) < len(owned) / 3
        assert api.get("/conversations", params={"status": "closed"}).json()["items"]

    def test_goes_on(self, api: httpx.Client) -> None:
        """By itself somebody new writes to a real hook, and is somebody's within seconds."""
        last = newest(api)[0]["id"]

        assert eventually(lambda: any(one["id"] > last and one["owner_id"] for one in newest(api)), seconds=90)

    def test_ends_and_continues(self, demo: Product, api: httpx.Client) -> None:
        """Stopped and started on the same folder it is the same company, which is not founded again."""
        last = newest(api)[0]["id"]
        status = demo.stop()
        demo.start("--demo")
        again = hear(demo)

        assert 0 == status
        assert 4 == len(again)
        assert last <= newest(api)[0]["id"]
