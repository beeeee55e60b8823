"""A browser that shows the gallery of components without any server: every address is answered here."""

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Route

from tests.web.gallery_sample import sample
from tests.web.open_browser import open_browser

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "reparto" / "web" / "served"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"


class Gallery:
    """The page, what the server would answer, what was asked of it, and what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)

    def open(self, theme: str = "light", *, width: int = 1440, live: str = "") -> Page:
        """Show the gallery anew, forgetting what was asked before; `live` is what the stream says at once."""
        self.answers, self.asked, self.complaints = {}, [], []
        if live:
            self.answers["/live"] = {"body": live, "content_type": "text/event-stream"}
            self.answer("/part", "fresh")
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(f"http://gallery.test/{theme}")
        self.page.wait_for_load_state("load")
        return self.page

    def answer(self, path: str, body: str = "", *, status: int = 200, toast: dict[str, Any] | None = None) -> None:
        """Say what the server will answer at an address, with its toast."""
        headers = {"HX-Trigger": json.dumps({"toast": toast})} if toast else {}
        self.answers[path] = {"status": status, "body": body, "headers": headers, "content_type": "text/html"}

    def render(self, component: str, **values: Any) -> str:
        """Draw one component as the server would."""
        with translation.override("es"):
            return render_to_string(f"components/{component}.html", sample() | values)

    def _answer(self, route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3].split("?")[0]
        if path.startswith("/static/"):
            file = SERVED / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
        elif path in ("/light", "/dark"):
            with translation.override("es"):
                html = render_to_string(
                    "gallery.html",
                    sample() | {"theme": path[1:], "live_url": "/live" if "/live" in self.answers else ""},
                )
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})
        elif path != "/favicon.ico":
            self.asked.append((route.request.method, path, route.request.post_data or ""))
            route.fulfill(**self.answers.get(path, {"status": 404, "body": ""}))
        else:
            route.fulfill(status=204)


@contextmanager
def show_gallery() -> Iterator[Gallery]:
    """Open a browser on the gallery; the styles and scripts must have been built."""
    if not (SERVED / "staticfiles.json").exists() or not AXE.exists():
        raise AssertionError("The styles are not built: run scripts/build_assets.sh")
    with open_browser() as browser:
        context = browser.new_context(reduced_motion="reduce", locale="es-CL")
        yield Gallery(context.new_page())
