"""Load and fairness in a real browser: both themes, a narrow screen, the table behind the chart."""

from playwright.sync_api import expect

from tests.browser.served import violations
from tests.browser.stage import PHONE, Stage
from tests.reports.busy_day import a_busy_day
from tests.web.live_browser import sign_in

ADDRESS = "/carga-y-equidad?period=custom&since=2026-11-17&until=2026-11-17"


class TestThePage:
    def test_is_readable_in_both_themes_and_on_a_phone(self, stage: Stage) -> None:
        """BY-9, UX-28: axe finds nothing, light or dark; nothing but tables scrolls sideways; no script is needed."""
        page = stage.window(stage.found(lambda: sign_in(a_busy_day().cast.admin)))
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
        page.goto(ADDRESS)
        for shown in page.locator(".fairness summary").all():
            shown.click()
        assert [] == violations(page)
        page.set_viewport_size(PHONE)
        page.goto(ADDRESS)

        expect(page.get_by_role("heading", name="Carga y equidad")).to_be_visible()
        assert page.locator(".fairness").evaluate("part => part.scrollWidth <= part.clientWidth")
        assert [] == refused
