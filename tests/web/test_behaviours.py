"""What the modules of the browser do, against answers given here."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.gallery_browser import Gallery, show_gallery
from tests.web.gallery_sample import sample

CELL = {
    "id": "owner-1",
    "may": "assign",
    "url": "/contacts/1/owner",
    "options": "/contacts/1/owner/options",
    "version": 4,
    "me": 9,
}


@pytest.fixture(scope="module")
def gallery() -> Iterator[Gallery]:
    """The page with every component and state."""
    with show_gallery() as shown:
        yield shown


def _open_picker(gallery: Gallery, *, status: int = 200, owner: str = "Camila Soto") -> Page:
    page = gallery.open()
    contact = sample()["contacts"][0]
    cell = gallery.render("owner_cell", contact=contact, owner={"id": 1, "name": owner}, **CELL)
    gallery.answer(CELL["options"], gallery.render("picker", url=CELL["url"], version=3))
    gallery.answer(CELL["url"], cell, status=status)
    page.locator("#owner-1 [data-picker]").click()
    expect(page.locator("#picker [data-picker-search]")).to_be_focused()
    return page


class TestPicker:
    """The most used control."""

    def test_search_without_accents(self, gallery: Gallery) -> None:
        """The cursor stands in the search box, and accents and capitals do not matter."""
        page = _open_picker(gallery)
        expect(page.locator("#picker [data-picker-search]")).to_be_focused()
        page.keyboard.type("felípe")

        assert ["Felipe Contreras"] == page.locator("#picker [role=option]:visible").evaluate_all(
            "found => found.map(each => each.dataset.name)"
        )

    def test_enter_assigns(self, gallery: Gallery) -> None:
        """Enter sends the chosen person with the version, and the cell shows the server's answer."""
        page = _open_picker(gallery, owner="Renata Oliveira")
        page.keyboard.type("renata")
        page.keyboard.press("Enter")
        expect(page.locator("#owner-1")).to_contain_text("Renata Oliveira")
        expect(page.locator("#owner-1[data-version='4']")).to_be_visible()
        method, path, data = gallery.asked[-1]

        assert ("POST", CELL["url"]) == (method, path)
        assert {"person=3", "version=3"} <= set(data.split("&"))

    def test_nobody_matches(self, gallery: Gallery) -> None:
        """When nobody matches it says so, and Enter assigns nobody."""
        page = _open_picker(gallery)
        page.keyboard.type("zzz")
        expect(page.locator("#picker [data-picker-nothing]")).to_be_visible()
        page.keyboard.press("Enter")

        assert "POST" not in [method for method, _, _ in gallery.asked]

    def test_a_refusal_puts_the_owner_back(self, gallery: Gallery) -> None:
        """When the server fails, the former owner is shown again and the notice offers to retry."""
        page = _open_picker(gallery, status=500)
        page.keyboard.type("renata")
        page.keyboard.press("Enter")
        expect(page.locator("#toasts .toast.error")).to_contain_text("No se pudo guardar")
        expect(page.locator("#owner-1")).to_contain_text("Camila Soto")
        gallery.answer(CELL["url"], gallery.render("owner_cell", contact=sample()["contacts"][0], owner=None, **CELL))
        page.locator("#toasts [data-act=retry]").click()

        expect(page.locator("#owner-1")).to_contain_text("Sin encargado")

    def test_escape_returns_the_focus(self, gallery: Gallery) -> None:
        """Escape closes it, and the focus is where it was."""
        page = _open_picker(gallery)
        page.keyboard.press("Escape")

        expect(page.locator("#owner-1 [data-picker]")).to_be_focused()


class TestToast:
    """Notices that can be undone."""

    def test_z_undoes(self, gallery: Gallery) -> None:
        """Z within the eight seconds posts to the address of the undo, and says so."""
        page = gallery.open()
        gallery.answer("/undo/9", toast={"text": "Deshecho"})
        page.evaluate(
            "detail => document.dispatchEvent(new CustomEvent('toast', {detail}))", {"text": "Listo", "undo": "/undo/9"}
        )
        expect(page.locator("#toasts .toast")).to_contain_text("Listo")
        page.keyboard.press("z")
        expect(page.locator("#toasts .toast")).to_contain_text("Deshecho")

        assert ("POST", "/undo/9") in [(method, path) for method, path, _ in gallery.asked]

    def test_conflict_offers_both(self, gallery: Gallery) -> None:
        """Of two who chose at once, the second sees the first's choice and may insist or let it be."""
        page = gallery.open()
        gallery.answer(
            "/contacts/1/owner", gallery.render("owner_cell", contact=sample()["contacts"][0], owner=None, **CELL)
        )
        mine = {"url": "/contacts/1/owner", "values": {"person": "7", "version": "5"}, "target": "#owner-1"}
        page.evaluate(
            "detail => document.dispatchEvent(new CustomEvent('toast', {detail}))",
            {"text": "Ana ya lo asignó", "kind": "conflict", "mine": mine},
        )
        page.locator("#toasts [data-act=mine]").click()
        expect(page.locator("#owner-1")).to_contain_text("Sin encargado")

        assert {"person=7", "version=5"} <= set(gallery.asked[-1][2].split("&"))


class TestKeys:
    """The keyboard."""

    def test_letters_in_a_text_field_are_text(self, gallery: Gallery) -> None:
        """With the focus in the composer `ajke?` writes text and triggers nothing."""
        page = gallery.open()
        box = page.locator("[data-composer] textarea").first
        box.fill("")
        box.focus()
        page.keyboard.type("ajke?")

        assert "ajke?" == box.input_value()
        assert 0 == page.locator("dialog:modal").count()

    def test_question_mark_by_its_sign(self, gallery: Gallery) -> None:
        """Where ? is Shift and the key of the apostrophe, it still opens the list of shortcuts."""
        page = gallery.open()
        page.evaluate(
            "document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', code: 'Minus', shiftKey: true, bubbles: true}))"
        )

        expect(page.locator("#shortcuts")).to_be_visible()

    def test_switched_off(self, gallery: Gallery) -> None:
        """With single keys switched off a letter does nothing anywhere."""
        page = gallery.open()
        page.evaluate("document.body.dataset.singleKeys = 'off'")
        page.keyboard.press("?")
        page.keyboard.press("a")

        assert [] == gallery.asked
        assert 0 == page.locator("dialog:modal").count()

    def test_walk_through_a_list(self, gallery: Gallery) -> None:
        """J goes down and K up, and the focus is on the link of the row."""
        page = gallery.open()
        for key in "jjk":
            page.keyboard.press(key)

        expect(page.locator("tr.cur a.name")).to_be_focused()
        expect(page.locator("tr.cur")).to_contain_text("Beatriz")


class TestOrder:
    """Lists that can be ordered."""

    def test_by_keyboard(self, gallery: Gallery) -> None:
        """Alt and the arrow down moves a rule one place down, and its number follows."""
        page = gallery.open()
        page.locator("[data-card='1'] [data-grip]").focus()
        page.keyboard.press("Alt+ArrowDown")

        assert ["2", "1", "3"] == page.locator("[data-sortable] > li input[name=order]").evaluate_all(
            "found => found.map(each => each.value)"
        )
        assert "2" == page.locator("[data-card='1'] [data-position]").inner_text()


class TestComposer:
    """Writing."""

    def test_note_is_another_thing(self, gallery: Gallery) -> None:
        """In note mode the whole composer, its button and what is sent say so."""
        page = gallery.open()
        form = page.locator("[data-composer]").first
        form.locator("[data-mode=note]").click()

        expect(form).to_have_class("comp noting")
        expect(form.locator("button[type=submit]")).to_contain_text("Guardar nota")
        assert "note" == form.locator("input[name=mode]").input_value()

    def test_a_draft_survives(self, gallery: Gallery) -> None:
        """A half-written reply is still there after a reload, and gone once it was sent."""
        page = gallery.open()
        page.locator("[data-composer] [data-mode=reply]").first.click()
        page.locator("[data-composer] textarea").first.fill("¡Claro! Te espero")
        page.reload()
        box = page.locator("[data-composer] textarea").first
        expect(box).to_have_value("¡Claro! Te espero")
        gallery.answer("/conversations/1/messages", "<p>x</p>")
        box.press("Control+Enter")
        expect(box).to_have_value("")
        page.reload()

        expect(page.locator("[data-composer] textarea").first).to_have_value("")


class TestLive:
    """What changes elsewhere."""

    def test_refetch_by_topic(self, gallery: Gallery) -> None:
        """An event of the stream makes the elements of its topic fetch themselves again, and no others."""
        page = gallery.open(live=EVENT)
        expect(page.locator("#live-contacts")).to_have_text("fresh")

        expect(page.locator("#live-rules")).to_have_text("Rules")

    def test_a_burst_is_gathered(self, gallery: Gallery) -> None:
        """P5: the first event fetches at once, what follows in the same moment makes one more fetch, not one each."""
        page = gallery.open(live=EVENT * 30)
        expect(page.locator("#live-contacts")).to_have_text("fresh")
        page.wait_for_timeout(500)

        # Two elements of the page listen to the topic.
        assert gallery.asked.count(("GET", "/part", "")) in (2, 3, 4)

    def test_nothing_moves_while_it_is_read(self, gallery: Gallery) -> None:
        """What has the focus inside keeps still and shows how many are new; pressing that fetches them."""
        page = gallery.open()
        gallery.answer("/part", "fresh")
        page.locator("#live-calm .btn").focus()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        pill = page.locator("#live-calm [data-pill] button")
        expect(pill).to_be_visible()
        pill.click()

        expect(page.locator("#live-calm")).to_have_text("fresh")


EVENT = 'retry: 60000\nevent: live\ndata: {"topic": "contacts", "ids": [1]}\n\n'
