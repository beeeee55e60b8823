"""Keyboards and calendars of several countries, in a real browser; and what finds room on a small desk screen."""

from typing import Any

from playwright.sync_api import Page, expect

from reparto.kit.clock import now
from reparto.people.choose_preferences import choose_preferences
from tests.browser.served import violations
from tests.browser.stage import Stage
from tests.cast import Cast, a_company
from tests.web.live_browser import sign_in
from tests.web.some_contacts import a_contact

SMALL = {"width": 1280, "height": 800}


def found() -> tuple[Cast, str, str]:
    """Found a company with a contact; sign its administrator in, and a manager who speaks Portuguese."""
    company = a_company()
    a_contact("Beatriz Nahuelpán Etcheverry", by=company.admin, owner=company.alba)
    a_contact("Joaquín Peña", by=company.admin)
    choose_preferences({"language": "pt-br"}, actor=company.manager, at=now())
    return company, sign_in(company.admin), sign_in(company.manager)


def press(page: Page, key: str, code: str) -> None:
    """Press a key with Shift as a Latin American keyboard has it: what it prints and where it lies differ."""
    session = page.context.new_cdp_session(page)
    named: dict[str, Any] = {"key": key, "code": code, "modifiers": 8, "text": key}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **named})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **named})


def days_of(page: Page) -> list[str]:
    """Return the names of the days above the calendar, as it begins."""
    page.goto("/carga-y-equidad")
    page.locator("[popovertarget=fairness-period]").press("Enter")
    return page.locator(".cal abbr").evaluate_all("all => all.map((one) => one.title)")  # type: ignore[no-any-return]


class TestLayouts:
    def test_of_keyboards_and_of_small_screens(self, stage: Stage) -> None:
        """UX-9: Shift+' is ? and opens the shortcuts, Shift+7 is / and goes to the search; all columns fit 1280 px."""
        _, key, _ = stage.found(found)
        page = stage.open(key, "/contactos", viewport=SMALL)
        press(page, "/", "Digit7")
        expect(page.locator("#contacts-search")).to_be_focused()
        expect(page.locator("#contacts-search")).to_have_value("")
        page.keyboard.press("Tab")
        press(page, "?", "Minus")
        expect(page.locator("#shortcuts")).to_be_visible()
        assert [] == violations(page)
        page.keyboard.press("Escape")

        assert page.locator(".list-room .scroll").evaluate("room => room.scrollWidth <= room.clientWidth")
        cells = page.locator("tbody tr").first.locator("td")
        assert cells.evaluate_all("all => all.every((one) => one.getBoundingClientRect().right <= innerWidth)")
        created = cells.nth(-2).locator("time, span").first
        assert created.evaluate("one => one.closest('td').scrollWidth <= one.closest('td').clientWidth")

    def test_of_calendars(self, stage: Stage) -> None:
        """UX-15: seven days are the preset; the week begins on Monday in Spanish, on Sunday in Portuguese; keys choose."""
        _, key, portuguese = stage.found(found)
        page = stage.window(portuguese)
        assert "domingo" == days_of(page)[0]
        page = stage.window(key)
        assert ["lunes", "domingo"] == days_of(page)[::6]
        menu = page.locator("#fairness-period")
        expect(menu.locator("[aria-current]")).to_have_text("últimos 7 días")
        for word in ("ayer", "mes pasado", "personalizado"):
            expect(menu).to_contain_text(word)
        expect(page.locator(".cal [aria-pressed=true]").first).to_be_visible()
        assert [] == violations(page)

        page.locator("#fairness-since").fill("2026-02-10")
        page.locator("#fairness-until").fill("2026-02-10")
        page.locator(".cal [data-day='2026-02-10']").focus()
        for pressed in ("ArrowUp", "ArrowUp", "Enter", "ArrowDown", "ArrowRight", "Enter"):
            page.keyboard.press(pressed)
        expect(page.locator("#fairness-since")).to_have_value("2026-01-27")
        expect(page.locator("#fairness-until")).to_have_value("2026-02-04")
        menu.get_by_role("button", name="Ver", exact=True).press("Enter")

        page.wait_for_url("**/carga-y-equidad?*since=2026-01-27&until=2026-02-04*")
