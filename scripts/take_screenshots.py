"""
Take the pictures of the guides from a demo company that runs: `scripts/take_screenshots.py [ADDRESS [NAME…]]`.

They go to `docs/pictures`, each smaller than 120 kB. Who is in them depends on when the demo was begun.
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASSWORD = "reparto-demo"  # printed by `make run`
MOST_BYTES = 120_000
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESK, SHORT, TALL, PHONE = (1120, 600), (1120, 500), (1120, 900), (390, 844)
#: Who → what is seen of which address, and on what.
WANTED: Mapping[str, tuple[tuple[str, str, tuple[int, int]], ...]] = {
    "camila@cordillera.example": (
        ("agent-inbox", "/bandeja", DESK),
        ("agent-contact", "/contactos?tab=mine", DESK),
        ("agent-phone", "/bandeja", PHONE),
    ),
    "valentina@cordillera.example": (
        ("manager-unassigned", "/contactos?tab=none", SHORT),
        ("manager-inbox", "/bandeja?view=unassigned", DESK),
        ("manager-availability", "/disponibilidad", DESK),
    ),
    "ignacia@cordillera.example": (
        ("administrator-people", "/agentes", SHORT),
        ("administrator-rules", "/reglas", DESK),
        ("rule-editor", "/reglas", TALL),
        ("rule-preview", "/reglas", TALL),
        ("rule-try", "/reglas", DESK),
        ("administrator-flows", "/flujos", DESK),
        ("administrator-settings", "/ajustes", DESK),
    ),
}
#: Pages on which the first entry of the list is opened as well.
OPENED = dict.fromkeys(("agent-inbox", "agent-phone"), "a.cv") | {
    "agent-contact": "tbody [data-item] a.name",
    **dict.fromkeys(("rule-editor", "rule-preview"), "li:nth-child(2) a.ti"),
}
#: Of which pages only a part is in the picture.
PARTS = dict.fromkeys(("rule-editor", "rule-preview"), "section.ed")
#: What is pressed before the picture, in turn, and what is waited for.
PRESSED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "rule-preview": (("button[name=step][value^=remove]", "#rule-preview"), ("#rule-preview button", ".pv-people")),
    "rule-try": (
        ("[data-dialog='/reglas/probar']", "#dialog button[name=contact]"),
        ("#dialog button[name=contact]", "#try-another"),
    ),
}


def main() -> None:
    """Take them all, or those named, and complain of one that is too large."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    names = sys.argv[2:]
    PICTURES.mkdir(exist_ok=True)
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    with sync_playwright() as players:
        browser = players.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for person, wanted in WANTED.items():
            page = _sign_in(browser, urljoin(address, "/entrar/"), person)
            for name, path, size in wanted:
                if names and name not in names:
                    continue
                _take(page, urljoin(address, path), name, size)
            page.context.close()
        browser.close()
    if large := [one.name for one in PICTURES.iterdir() if one.stat().st_size > MOST_BYTES]:
        raise SystemExit(f"Larger than {MOST_BYTES:,} bytes: {', '.join(large)}")


def _sign_in(browser: Browser, url: str, person: str) -> Page:
    page = browser.new_context(locale="es-CL", color_scheme="light").new_page()
    page.set_default_timeout(60_000)
    page.goto(url)
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda there: "entrar" not in there)
    return page


def _take(page: Page, url: str, name: str, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(url)
    if name in OPENED and page.locator(OPENED[name]).count():
        page.goto(urljoin(url, page.locator(OPENED[name]).first.get_attribute("href") or url))
    for press, seen in PRESSED.get(name, ()):
        page.locator(press).first.click()
        page.locator(seen).first.wait_for()
        page.wait_for_timeout(1_000)
    if name == "rule-preview":
        page.locator("#rule-preview").evaluate("(box) => box.scrollIntoView({block: 'end'})")
    seen_part = page.locator(PARTS[name]).first if name in PARTS else page
    seen_part.screenshot(path=PICTURES / f"{name}.png")


main()
