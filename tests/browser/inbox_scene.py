"""A running inbox for the tests of the browser: who is there, who writes, what is open."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, Route

from reparto.channels.models import Account
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.show_sign_of_life import show_sign_of_life
from tests import road
from tests.browser.served import elsewhere, serve, sign_in_with
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.web.live_browser import sign_in
from tests.web.open_browser import open_browser

#: What arrives is seen within this time (UX-16), in milliseconds.
SOON = 10_000  # two seconds on a quiet machine; the bound of a busy one


@dataclass
class Scene:
    """A running inbox: Alba has two conversations, and whoever writes is seen at once."""

    cast: Cast
    account: Account
    phones: tuple[str, str]
    talks: list[int]
    keys: dict[str, str]
    url: str
    browser: Browser

    def window(self, who: str = "alba", **options: Any) -> Page:
        """Open a window of somebody, by their first name."""
        context = sign_in_with(self.browser, self.url, self.keys[who], **{"viewport": WIDE, **options})
        return context.new_page()

    def opened(self, talk: int = 0, *, who: str = "alba", query: str = "", **options: Any) -> Page:
        """Open a conversation, its stream connected."""
        page = self.window(who, **options)
        with page.expect_request("**/live"):
            page.goto(f"/bandeja/{self.talks[talk]}{query}")
        page.wait_for_timeout(400)
        return page

    def writes(self, sender: int, text: str) -> None:
        """Let a contact write, and a worker take its turn."""
        elsewhere(lambda: write(self.account, self.phones[sender], text, at=now()))


WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def write(account: Account, phone: str, text: str, *, at: datetime) -> None:
    """Let somebody write by the whole road, committed."""
    with transaction.atomic():
        road.write(account, road.a_text(phone, text, at=at), at=at)


def slowly(route: Route) -> None:
    """Let an answer come back late, as on a poor connection."""
    answer = route.fetch()
    if route.request.method == "POST":
        time.sleep(2)
    route.fulfill(response=answer)


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Found a company, let two people write to Alba, and serve it."""
    at = now() - timedelta(minutes=5)
    with transaction.atomic():
        cast = a_company()
        show_sign_of_life(cast.alba.person_id, at=at)
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
        a_rule(cast.alba, admin=cast.admin, description="WhatsApp Norte")
    phones = (a_phone(), a_phone())
    for number, phone in enumerate(phones):
        write(account, phone, f"Hola {number}", at=at + timedelta(minutes=number))
    with in_organization(cast.organization_id):
        talks = list(Conversation.objects.order_by("id").values_list("pk", flat=True))
    keys = {name: sign_in(getattr(cast, name)) for name in ("alba", "manager")}
    connection.close()
    with serve() as url, open_browser() as browser:
        yield Scene(cast, account, phones, talks, keys, url, browser)
