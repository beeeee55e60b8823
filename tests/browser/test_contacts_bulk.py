"""Work on many contacts in a real browser: ticking, ranges, all that match, giving by keyboard, taking back."""

from playwright.sync_api import Page, expect

from reparto.kit.tenancy import in_organization
from tests.browser.served import elsewhere, violations
from tests.browser.stage import PHONE, WIDE
from tests.browser.test_contacts import Scene, assign, cell, scene  # noqa: F401  # a fixture
from tests.web.some_contacts import a_contact


def tick_all(page: Page) -> None:
    """Tick the box in the head."""
    page.locator("[data-select-all]").check()


class TestTheBar:
    def test_comes_with_the_first_tick_and_goes_with_escape(self, scene: Scene) -> None:  # noqa: F811
        """`X` ticks the current row, the bar says how many, `Esc` clears and it goes."""
        page = scene.open()
        expect(page.locator("#bulk")).to_be_hidden()
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("[data-bulk-count]")).to_have_text("1")
        page.keyboard.press("Escape")

        expect(page.locator("#bulk")).to_be_hidden()

    def test_gives_all_by_the_keys_of_one(self, scene: Scene) -> None:  # noqa: F811
        """`A`, a few letters, Enter: all ticked are theirs; `Z` takes all of it back (UX-6, UX-13)."""
        page = scene.open()
        tick_all(page)
        page.keyboard.press("a")
        expect(page.locator("[data-picker-search]")).to_be_focused()
        page.keyboard.type("matias")
        page.keyboard.press("Enter")
        for one in (scene.free, scene.owned):
            expect(cell(page, one)).to_contain_text("Matías Herrera")
        expect(page.locator(".toast")).to_contain_text("2 contactos cambiados")
        expect(page.locator("#bulk")).to_be_hidden()
        page.keyboard.press("z")

        expect(cell(page, scene.owned)).to_contain_text("Bruno")
        expect(cell(page, scene.free)).to_contain_text("Sin encargado")

    def test_keeps_what_is_ticked_while_others_change_rows(self, scene: Scene) -> None:  # noqa: F811
        """A change elsewhere waits behind the pill; the tick stays."""
        page, other = scene.open(), scene.open(who="admin")
        tick_all(page)
        page.mouse.move(5, 5)
        assign(other, scene.free, "matias")
        expect(cell(other, scene.free)).to_contain_text("Matías Herrera")

        expect(page.locator("[data-pill] button")).to_be_visible()
        expect(page.locator("tbody .cb:checked")).to_have_count(2)

    def test_tags_what_is_ticked(self, scene: Scene) -> None:  # noqa: F811
        """A name and Enter put it on."""
        page = scene.open()
        tick_all(page)
        page.keyboard.press("t")
        expect(page.locator("#bulk-tag-name")).to_be_focused()
        page.keyboard.type("feria")
        page.keyboard.press("Enter")

        expect(page.locator("tbody .tag", has_text="feria")).to_have_count(2)

    def test_of_an_agent_leaves_out_what_is_anothers(self, scene: Scene) -> None:  # noqa: F811
        """`I` takes the free one; the other is named beside its reason."""
        page = scene.open(who="alba")
        tick_all(page)
        page.keyboard.press("i")

        expect(cell(page, scene.free)).to_contain_text("Alba")
        expect(page.locator(".job")).to_contain_text("Joaquín Peña")


class TestAllThatMatch:
    def test_are_chosen_beyond_the_page(self, scene: Scene) -> None:  # noqa: F811
        """The head's box offers all that match; those unticked afterwards are left out (UX-13)."""
        elsewhere(lambda: many(scene))
        page = scene.open()
        tick_all(page)
        page.get_by_role("button", name="Seleccionar los 30 que coinciden").click()
        expect(page.locator("[data-bulk-count]")).to_have_text("30")
        page.locator("tbody .cb").first.uncheck()
        expect(page.locator("[data-bulk-count]")).to_have_text("29")
        page.get_by_role("button", name="Liberar").click()

        expect(page.locator(".toast")).to_contain_text("1 contacto cambiado · 28 omitidos")


def many(scene: Scene) -> None:  # noqa: F811
    """Write as many free contacts as make a second page."""
    with in_organization(scene.cast.organization_id):
        for number in range(28):
            a_contact(f"Libre {number}", by=scene.cast.admin)


class TestEveryScreen:
    def test_is_free_of_barriers(self, scene: Scene) -> None:  # noqa: F811
        """axe-core finds nothing with rows ticked, and nothing scrolls sideways (UX-28)."""
        page = scene.open()
        page.locator("tbody .cb").first.check()
        expect(page.locator("#bulk")).to_be_visible()

        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            assert [] == violations(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
