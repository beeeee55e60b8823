"""Work that waits, in a real browser with a worker beside: whoever has room again gets the oldest of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from reparto.assignment.models import Decision, Waiting
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.edit_person import edit_person
from reparto.people.show_sign_of_life import show_sign_of_life
from tests.browser.inbox_scene import SOON, write
from tests.browser.served import elsewhere, violations, work
from tests.browser.stage import Stage
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.web.live_browser import sign_in

#: What UX-23 promises.
PROMISED = timedelta(seconds=5)


@dataclass
class Full:
    """A company in which everybody is full, and two conversations wait."""

    cast: Cast
    page: Page  #: Alba's
    talks: list[int]  #: two of Alba's, then the two that wait, the older first


@pytest.fixture
def full(stage: Stage) -> Iterator[Full]:
    """Let four people write to Alba and Bruno, who have room for two together."""
    cast, talks, key = stage.found(found)
    with work():
        page = stage.window(key)
        with page.expect_request("**/live"):
            page.goto(f"/bandeja/{talks[0]}")
        yield Full(cast, page, talks)


def found() -> tuple[Cast, list[int], str]:
    """Found the company, and sign Alba in."""
    at = now() - timedelta(minutes=5)
    cast = a_company()
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
    for person, capacity in ((cast.alba, 2), (cast.bruno, 0)):
        edit_person(person.person_id, {"capacity": capacity}, actor=cast.admin, at=at)
        show_sign_of_life(person.person_id, at=at)
    a_rule(cast.alba, cast.bruno, admin=cast.admin, if_nobody="wait")
    for number, text in enumerate(("Uno", "Dos", "Espero desde antes", "Espero desde después")):
        write(account, a_phone(), text, at=at + timedelta(minutes=number))
    talks = list(Conversation.objects.order_by("id").values_list("pk", flat=True))
    return cast, talks, sign_in(cast.alba)


class TestWithEverybodyFull:
    def test_who_closes_one_gets_the_oldest_that_waits(self, full: Full) -> None:
        """UX-23, BY-14: the oldest waiting comes to whoever closed one, within five seconds; the other one waits on."""
        page = full.page
        mine = page.locator("#inbox-list")
        expect(mine).to_contain_text("Dos", timeout=SOON)
        expect(mine).not_to_contain_text("Espero")
        page.keyboard.press("e")

        expect(mine).to_contain_text("Espero desde antes", timeout=SOON)
        expect(mine).not_to_contain_text("Espero desde después")
        waited, left = elsewhere(lambda: measured(full))
        assert timedelta(0) <= waited <= PROMISED
        assert [full.talks[3]] == left
        page.goto(f"/bandeja/{full.talks[2]}")
        page.locator('#inbox-log [data-why^="/decisiones/"]').last.click()
        expect(page.locator(".why:visible")).to_contain_text("Repartir", timeout=SOON)
        assert [] == violations(page)


def measured(full: Full) -> tuple[timedelta, list[int]]:
    """Return how long after the closing the oldest was given to Alba, and what still waits."""
    with in_organization(full.cast.organization_id):
        closed = Conversation.objects.get(pk=full.talks[0]).closed_at
        given = Decision.objects.get(conversation_id=full.talks[2], outcome="assigned")
        assert [full.cast.alba.person_id] == given.person_ids
        assert closed is not None
        left = Waiting.objects.order_by("since").values_list("conversation_id", flat=True)
        return given.at - closed, [one for one in left if one is not None]
