"""The product's web process on this test's own database, and a browser in which somebody is signed in."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cluster import ROOT
from tests.product import eventually, free_port

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "reparto" / "web" / "served" / "staticfiles.json"
#: All that another theme can change.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
#: Colours on their way to another theme are nobody's; what inherits them sets out when they have arrived.
SETTLE = """() => {
  for (let round = 0; round < 9; round += 1) {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  }
}"""
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

type Theme = Literal["light", "dark"]


@contextmanager
def serve(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve pages and live streams, from the database of this test unless `environment` says otherwise; return where."""
    if not BUILT.exists() or not AXE.exists():
        raise AssertionError("The styles are not built: run scripts/build_assets.sh")
    port = free_port()
    log = Path(os.environ["REPARTO_TEST_RUN"]) / f"web-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "reparto", "web", "--host", "127.0.0.1", "--port", str(port)],
            env=os.environ | (environment or {}) | {"REPARTO_BASE_URL": f"http://127.0.0.1:{port}"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        if not eventually(lambda: _answers(url), seconds=60):
            raise AssertionError(f"The web process did not start:\n{log.read_text(errors='replace')[-3000:]}")
        yield url
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def work() -> Iterator[None]:
    """Let a worker process work on the database of this test; it is at work when this begins."""
    log = Path(os.environ["REPARTO_TEST_RUN"]) / "worker.log"
    command = [sys.executable, "-m", "reparto", "worker"]
    before = elsewhere(_newest_worker)
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env=os.environ.copy(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        if not eventually(lambda: elsewhere(_newest_worker) > before, seconds=60):
            raise AssertionError(f"The worker did not start:\n{log.read_text(errors='replace')[-3000:]}")
        yield
    finally:
        process.terminate()
        process.wait(20)


def _newest_worker() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_workers")
        return int(cursor.fetchone()[0])


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/entrar/", timeout=2):
            return True
    except (URLError, TimeoutError, ConnectionError):
        return False


def elsewhere[Done](work: Callable[[], Done]) -> Done:
    """
    Do something to the database as another process would, and commit it.

    In a thread: Playwright keeps an event loop in this one, where Django refuses to speak to the database.
    """
    result: list[Done] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            result.append(work())
        except BaseException as error:  # raised again below
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return result[0]


def sign_in_with(browser: Browser, url: str, session_key: str, **options: Any) -> BrowserContext:
    """Open a window of somebody who is signed in; `options` are Playwright's."""
    context = browser.new_context(base_url=url, reduced_motion="reduce", locale="es-CL", **options)
    context.add_cookies([{"name": "reparto", "value": session_key, "url": url}])
    return context


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page as it stands, WCAG 2.2 AA: in light and in dark, then as it was."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text())
    shown, other = ("dark", "light") if page.evaluate(IS_DARK) else ("light", "dark")
    return [*_found(page, other, OF_COLOURS), *_found(page, shown, LEVELS)]


def _found(page: Page, theme: Theme, rules: object) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.evaluate(SETTLE)
    found = page.evaluate("options => axe.run(options)", {"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{theme}: {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
