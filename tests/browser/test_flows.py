"""Flows in a real browser: written, tried and published without the mouse."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reparto.flows.queries import all_flows
from reparto.kit.tenancy import in_organization
from tests.browser.served import elsewhere
from tests.browser.stage import Stage
from tests.cast import Cast, a_company, a_phone, a_whatsapp_account
from tests.flows.some_flows import people, tag
from tests.road import a_text, write
from tests.web.live_browser import sign_in


@dataclass
class Scene:
    """A company to which somebody wrote, and its administrator's browser."""

    cast: Cast
    key: str
    stage: Stage

    def open(self, path: str, **options: Any) -> Page:
        """Open a page as the administrator, its scripts ready."""
        return self.stage.open(self.key, path, **options)

    def latest(self) -> tuple[str, list[Any], int | None]:
        """Return name, steps and published version of the latest flow, as the database has them."""

        def read() -> tuple[str, list[Any], int | None]:
            with in_organization(self.cast.organization_id):
                flow = all_flows().latest("id")
                return flow.name, flow.steps, flow.published_number

        return elsewhere(read)


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """Found a company, and let somebody write."""
    return stage.found(lambda: _play(stage))


def _play(stage: Stage) -> Scene:
    cast = a_company()
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
    write(account, a_text(a_phone()))
    return Scene(cast, sign_in(cast.admin), stage)


class TestByKeyboard:
    """No mouse (UX-28)."""

    def test_a_flow_is_written_tried_and_published(self, scene: Scene) -> None:
        """AC-4: steps are added and ordered, a person chosen, the trial answers, and the flow is in force as written."""
        page = scene.open("/flujos/nuevo")
        page.locator("#name").focus()
        page.keyboard.type("De noche")
        for kind in ("assign_people", "tag"):
            page.locator(f"#plus-{kind}").focus()
            page.keyboard.press("Enter")
            expect(page.locator(f"input[value={kind}]")).to_have_count(1)
        page.locator("#tags-1").fill("Noche")
        page.locator("#add-0").select_option(str(scene.cast.alba.person_id))
        page.locator("#put-0").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".turn .p")).to_have_count(1)
        page.locator("button[value='up:1']").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#tags-0")).to_have_value("Noche")

        page.get_by_role("button", name=re.compile("Probar")).press("Enter")
        page.locator("#dialog .mi").first.press("Enter")
        expect(page.locator("#try-results")).to_contain_text("Alba")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Publicar").press("Enter")
        page.wait_for_url(re.compile(r"/flujos/\d+$"))

        assert ("De noche", [tag("Noche"), people(scene.cast.alba)], 1) == scene.latest()
