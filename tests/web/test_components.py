"""The gallery of components in a real browser, under the policy of the product."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Route, sync_playwright

from tests.web.gallery_sample import sample

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "reparto" / "web" / "static"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Open a browser for which every address is answered from our own files."""
    if not (STATIC / "built" / "app.css").exists() or not AXE.exists():
        pytest.fail("The styles are not built: run scripts/build_assets.sh")
    with sync_playwright() as players:
        browser = players.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        opened = context.new_page()
        opened.route("**/*", _answer)
        yield opened
        browser.close()


def _answer(route: Route) -> None:
    path = route.request.url.split("/", 3)[3].split("?")[0]
    if path.startswith("static/"):
        file = STATIC / path.removeprefix("static/")
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    elif path in ("light", "dark"):
        with translation.override("es"):
            html = render_to_string("gallery.html", sample() | {"theme": path})
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})
    else:
        route.fulfill(status=404, body="")


def _open(page: Page, theme: str) -> list[str]:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://gallery.test/{theme}")
    page.wait_for_load_state("load")
    return complaints


class TestGallery:
    """What each component must be, wherever it stands."""

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1440, 390])
    def test_no_fault_of_accessibility(self, page: Page, theme: str, width: int) -> None:
        """No component breaks WCAG 2.2 AA as far as axe can tell, light and dark, wide and narrow."""
        page.set_viewport_size({"width": width, "height": 900})
        _open(page, theme)
        page.evaluate(AXE.read_text())
        found = page.evaluate("async (tags) => (await axe.run({runOnly: tags})).violations", LEVELS)
        faults = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]

        assert [] == faults

    def test_strict_policy(self, page: Page) -> None:
        """Nothing on the page asks for what the content policy forbids, and no script fails."""
        complaints = _open(page, "light")

        assert [] == complaints
        assert 0 == page.locator("[style]:not([data-sortable] *)").count()

    def test_nothing_sideways_on_a_narrow_screen(self, page: Page) -> None:
        """At 320 px nothing makes the page scroll sideways."""
        page.set_viewport_size({"width": 320, "height": 800})
        _open(page, "light")

        assert page.evaluate("document.documentElement.scrollWidth") <= 320


class TestPicker:
    """The owner picker in the browser."""

    def test_accents_do_not_matter(self, page: Page) -> None:
        """Typing without accents finds the person, and Enter presses that one."""
        page.set_viewport_size({"width": 1440, "height": 900})
        _open(page, "light")
        page.evaluate("document.querySelector('#picker').append(document.querySelector('[data-picker-form]'))")
        page.evaluate("document.querySelector('#picker').showPopover()")
        page.locator("#picker [data-picker-search]").fill("CAMILA sóto")

        assert ["Camila Soto"] == page.locator("#picker [role=option]:visible .ell:first-child").all_inner_texts()
