"""Suspending somebody, in a real browser and by the keyboard: who inherits, how far it is, and what stays."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from reparto.assignment.models import Decision
from reparto.assignment.work_handover import work_handover
from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from tests.browser.inbox_scene import SOON
from tests.browser.served import elsewhere, violations
from tests.browser.stage import Stage
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write
from tests.web.live_browser import sign_in


@dataclass
class Scene:
    """A company in which Alba has a contact who wrote."""

    cast: Cast
    contact: int
    talk: int
    keys: dict[str, str]
    stage: Stage

    def open(self, path: str, *, who: str = "admin") -> Page:
        """Open a page of somebody."""
        return self.stage.open(self.keys[who], path)

    def hand_over(self) -> None:
        """Let a worker do its part."""

        def work() -> None:
            with in_organization(self.cast.organization_id):
                work_handover(self.cast.organization_id, at=now())

        elsewhere(work)

    def signed_by(self) -> list[int | None]:
        """Return who made the decisions that gave the work to Bruno; nobody: the system."""
        with in_organization(self.cast.organization_id):
            given = Decision.objects.filter(person_ids=[self.cast.bruno.person_id])
            return list(given.values_list("actor_id", flat=True))


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """Found the company, and let somebody write."""
    return stage.found(lambda: _play(stage))


def _play(stage: Stage) -> Scene:
    cast = a_company()
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
    a_rule(cast.alba, admin=cast.admin)
    write(account, a_text(a_phone()))
    keys = {name: sign_in(getattr(cast, name)) for name in ("admin", "alba")}
    return Scene(cast, Contact.objects.get().pk, Conversation.objects.get().pk, keys, stage)


class TestSuspending:
    def test_asks_who_inherits_and_moves_the_work_as_one_job(self, scene: Scene) -> None:
        """UX-27: without an heir nothing happens; then one job signed *sistema*; gone from pickers, not from history."""
        alba = f"/agentes/{scene.cast.alba.person_id}"
        hers, page = scene.open("/bandeja", who="alba"), scene.open(f"{alba}/suspender")
        heir = page.locator("select[name=heir]")
        expect(heir.locator("option", has_text="Alba")).to_have_count(0)
        assert [] == violations(page)
        page.get_by_role("button", name="Suspender").press("Enter")
        expect(page).to_have_url(f"{scene.stage.url}{alba}/suspender")
        expect(heir).to_be_focused()
        page.keyboard.type("Bruno")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Suspender")).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.locator("#handover progress")).to_be_visible(timeout=SOON)
        assert [] == violations(page)
        scene.hand_over()
        expect(page.locator("#handover")).to_contain_text("Listo: 1 en el traspaso", timeout=SOON)
        expect(page.locator("#handover")).to_contain_text("A Bruno, firmado por el sistema")
        assert {None} == set(elsewhere(scene.signed_by))
        hers.reload()
        expect(hers).to_have_url(re.compile("/entrar/"))

        page.goto(f"/contactos/{scene.contact}")
        expect(page.locator("main")).to_contain_text("Alba")
        page.keyboard.press("a")
        expect(page.locator("#picker [role=option]", has_text="Carla")).to_be_visible()
        expect(page.locator("#picker [role=option]", has_text="Alba")).to_have_count(0)
        assert [] == violations(page)
