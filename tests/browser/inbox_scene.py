"""A running inbox for the tests of the browser: who is there, who writes, what is open."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, Route

from reparto.channels.models import Account
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.people.show_sign_of_life import show_sign_of_life
from tests import road
from tests.browser.served import elsewhere, sign_in_with
from tests.browser.stage import PHONE, WIDE, Stage
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.web.live_browser import sign_in

__all__ = ["PHONE", "SOON", "WIDE", "Scene", "scene", "slowly", "write"]

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
def scene(stage: Stage) -> Scene:
    """Found a company, and let two people write to Alba."""
    return stage.found(lambda: _play(stage))


def _play(stage: Stage) -> Scene:
    at = now() - timedelta(minutes=5)
    cast = a_company()
    show_sign_of_life(cast.alba.person_id, at=at)
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
    a_rule(cast.alba, admin=cast.admin, description="WhatsApp Norte")
    phones = (a_phone(), a_phone())
    for number, phone in enumerate(phones):
        write(account, phone, f"Hola {number}", at=at + timedelta(minutes=number))
    talks = list(Conversation.objects.order_by("id").values_list("pk", flat=True))
    keys = {name: sign_in(getattr(cast, name)) for name in ("alba", "manager")}
    return Scene(cast, account, phones, talks, keys, stage.url, stage.browser)
