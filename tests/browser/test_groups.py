"""The tree of groups in a real browser: a group moved by the keyboard alone, and by drag."""

import re

from playwright.sync_api import Locator, Page, expect

from reparto.kit.tenancy import in_organization
from reparto.people.queries import find_group
from tests.browser.served import elsewhere, violations
from tests.browser.stage import Stage
from tests.cast import Cast, a_company, a_contact
from tests.web.live_browser import sign_in


def parent_of(company: Cast, group_id: int) -> int | None:
    """Return below which group one hangs."""

    def read() -> int | None:
        with in_organization(company.organization_id):
            group = find_group(group_id)
            return group.parent_id if group else None

    return elsewhere(read)


def found() -> tuple[Cast, str]:
    """Found a company with somebody who has work, and sign its administrator in."""
    company = a_company()
    a_contact(admin=company.admin, owner=company.alba)
    return company, sign_in(company.admin)


def _row(page: Page, group_id: int) -> Locator:
    return page.locator(f'[data-tree] > li[data-id="{group_id}"]')


class TestTree:
    def test_moved_by_keyboard_and_by_drag(self, stage: Stage) -> None:
        """LG-3, UX-28: Enter lifts, arrows choose, Enter drops and keeps the focus; Esc leaves; Alt and arrows order; dragging does both."""
        company, key = stage.found(found)
        south, north = company.south_id, company.north_id
        page = stage.window(key)
        page.goto("/agentes/grupos")
        grip = page.locator(f"#g{south}")
        grip.focus()
        for pressed in ("Enter", "ArrowUp", "Escape"):
            page.keyboard.press(pressed)
        expect(page.locator(".lifted, .into")).to_have_count(0)
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowUp")
        expect(_row(page, north)).to_have_class(re.compile("into"))
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"#g{south}$"))
        expect(_row(page, south)).to_have_class("d2")
        expect(grip).to_be_focused()
        assert north == parent_of(company, south)
        assert [] == violations(page)

        grip.drag_to(_row(page, company.root_id).locator("summary"))
        expect(_row(page, south)).to_have_class("d1")
        assert company.root_id == parent_of(company, south)

        page.locator(f"#g{south}").press("Alt+ArrowUp")
        expect(page.locator("[data-tree] > .d1 .leaf .ell")).to_have_text(["Sur", "Norte"])
        expect(grip).to_be_focused()
        last = _row(page, north).locator("summary")
        grip.drag_to(last, target_position={"x": 120, "y": (last.bounding_box() or {"height": 34})["height"] - 3})
        expect(page.locator("[data-tree] > .d1 .leaf .ell")).to_have_text(["Norte", "Sur"])

        page.goto(f"/agentes/{company.alba.person_id}/suspender")
        assert [] == violations(page)
