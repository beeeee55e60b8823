"""
Starts Chromium for the tests of one module, and ends it with them.

Playwright's synchronous interface leaves an event loop running in the process; a session-wide one (the fixtures of
pytest-playwright) would make every later test that needs a loop or the database fail. So: one browser a module.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def open_with_large_text(browser: Browser) -> Browser:
    """Open another one, whose owner has set the text to twice the usual size."""
    return browser.browser_type.launch(
        executable_path=find_program(), args=[*QUIET, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    )


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open the Chromium of this machine; a missing one fails, it never skips."""
    with sync_playwright() as players:
        browser = players.chromium.launch(executable_path=find_program(), args=QUIET)
        yield browser
        browser.close()


def find_program() -> str:
    """Return where Chromium is."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise AssertionError("No Chromium here: install the package chromium")
    return program
