"""
The stage of the browser tests: one served product and one Chromium, on which each scene is a company of its own.

What is committed here stays until the run ends. A test that wants to be alone founds a company: it sees no other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from playwright.sync_api import Browser, Page

from reparto.ops.make_environment import Urls
from tests.browser.served import elsewhere, sign_in_with

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class House:
    """Where the product is served, and the database on which it works."""

    url: str
    urls: Urls


@dataclass(frozen=True)
class Stage:
    """A served product and a browser without any window."""

    url: str
    browser: Browser

    def found[Founded](self, work: Callable[[], Founded]) -> Founded:
        """Make what a scene needs, in one transaction, and commit it."""

        def run() -> Founded:
            with transaction.atomic():
                return work()

        return elsewhere(run)

    def window(self, key: str, **options: Any) -> Page:
        """Open a window of whoever has this session."""
        return sign_in_with(self.browser, self.url, key, **{"viewport": WIDE, **options}).new_page()

    def open(self, key: str, path: str, **options: Any) -> Page:
        """Open a page of theirs, its scripts ready and its stream connected."""
        page = self.window(key, **options)
        page.goto(path)
        page.wait_for_timeout(300)
        return page
