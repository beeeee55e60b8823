"""Contacts in a real browser: giving by hand and by keyboard, taking back, conflicts, what an agent may not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from reparto.contacts.queries import find_contact
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.notifications.queries import notifications_of
from reparto.people.choose_preferences import choose_preferences
from tests.browser.served import elsewhere, violations
from tests.browser.stage import Stage
from tests.cast import Cast, a_company, a_person
from tests.web.live_browser import sign_in
from tests.web.some_contacts import a_contact

#: A form with the page's own token, which nobody offered.
FORGE = """([url, person]) => {
  const form = Object.assign(document.createElement("form"), {method: "post", action: url});
  const token = document.querySelector("meta[name=csrf-token]").content;
  for (const [name, value] of Object.entries({csrfmiddlewaretoken: token, person, version: ""})) {
    form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
  }
  document.body.append(form);
  form.submit();
}"""


@dataclass
class Scene:
    """A company with a free contact, one of Bruno's, and browsers for its people."""

    cast: Cast
    free: int
    owned: int
    keys: dict[str, str]
    stage: Stage

    def open(self, path: str = "/contactos", *, who: str = "manager", **options: Any) -> Page:
        """Open a page as somebody, its stream connected."""
        return self.stage.open(self.keys[who], path, **options)

    def owner_of(self, contact_id: int) -> int | None:
        """Return who owns a contact, as the database has it."""

        def read() -> int | None:
            with in_organization(self.cast.organization_id):
                return find_contact(contact_id, actor=self.cast.admin).owner_id

        return elsewhere(read)

    def told(self, person_id: int) -> int:
        """Return of how much somebody has been told by now."""

        def read() -> int:
            with in_organization(self.cast.organization_id):
                return notifications_of(person_id, at=now()).count()

        return elsewhere(read)


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """Found a company with Matías Herrera in it, and write two contacts."""
    return stage.found(lambda: _play(stage))


def _play(stage: Stage) -> Scene:
    cast = a_company()
    a_person("Matías Herrera", admin=cast.admin, group_id=cast.north_id, receives=True)
    owned = a_contact("Joaquín Peña", by=cast.admin, owner=cast.bruno)
    free = a_contact("Beatriz Nahuelpán", by=cast.admin)
    keys = {name: sign_in(getattr(cast, name)) for name in ("alba", "manager", "admin")}
    return Scene(cast, free.pk, owned.pk, keys, stage)


def cell(page: Page, contact_id: int) -> Locator:
    """Return the owner's cell of a contact."""
    return page.locator(f"#owner-{contact_id}")


def assign(page: Page, contact_id: int, words: str) -> None:
    """Open the picker with the mouse, type, and press Enter."""
    cell(page, contact_id).locator("[data-picker]").click()
    expect(page.locator("[data-picker-search]")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


class TestGiving:
    def test_a_click_a_few_letters_and_enter(self, scene: Scene) -> None:
        """The cursor is in the search, `matias` leaves Matías Herrera, Enter gives; the count drops (UX-1)."""
        page = scene.open()
        cell(page, scene.free).locator("[data-picker]").click()
        expect(page.locator("[data-picker-search]")).to_be_focused()
        page.keyboard.type("matias")
        expect(page.locator("#picker [role=option]:visible")).to_have_count(1)
        assert [] == violations(page)
        page.keyboard.press("Enter")

        expect(cell(page, scene.free)).to_contain_text("Matías Herrera", timeout=100)
        expect(page.locator("#tab-count-none")).to_have_text("0")
        expect(page.locator("#nav-count-unassigned")).to_have_text("0")

    def test_is_taken_back_by_one_key(self, scene: Scene) -> None:
        """The toast names both; `Z` restores the former owner, and nobody was told (UX-2)."""
        page = scene.open()
        assign(page, scene.owned, "alba")
        expect(page.locator(".toast")).to_contain_text("Joaquín Peña")
        expect(page.locator(".toast")).to_contain_text("Alba")
        page.keyboard.press("z")

        expect(cell(page, scene.owned)).to_contain_text("Bruno")
        assert scene.cast.bruno.person_id == scene.owner_of(scene.owned)
        assert 0 == scene.told(scene.cast.alba.person_id)
        page.goto(f"/contactos/{scene.owned}")
        expect(page.locator("#contact-history [data-why]")).to_have_count(3)

    def test_a_failure_puts_the_cell_back(self, scene: Scene) -> None:
        """With the server failing the old value returns, and a toast offers to try again (UX-4)."""
        page = scene.open()
        page.route(f"**/contactos/{scene.owned}/encargado", lambda route: route.fulfill(status=500))
        assign(page, scene.owned, "alba")

        expect(page.locator(".toast.error [data-act=retry]")).to_be_visible()
        expect(cell(page, scene.owned)).to_contain_text("Bruno")
        assert [] == violations(page)

    def test_two_managers_at_once(self, scene: Scene) -> None:
        """The second sees the first one's choice and must choose; nothing is overwritten in silence (UX-5)."""
        second, first = scene.open(), scene.open(who="admin")
        second.route("**/live", lambda route: route.abort())
        second.reload()
        assign(first, scene.free, "alba")
        expect(cell(first, scene.free)).to_contain_text("Alba")
        assign(second, scene.free, "bruno")

        expect(second.locator(".toast.conflict")).to_contain_text("Alba")
        assert scene.cast.alba.person_id == scene.owner_of(scene.free)
        assert [] == violations(second)
        second.locator(".toast [data-act=mine]").click()
        expect(cell(second, scene.free)).to_contain_text("Bruno")


class TestAnAgent:
    def test_sees_one_button_or_plain_text(self, scene: Scene) -> None:
        """Free: only *Asignarme*. Somebody else's: text. The button works and the name stands there (UX-3)."""
        page = scene.open(who="alba")
        expect(cell(page, scene.owned).locator("a, button")).to_have_count(0)
        cell(page, scene.free).get_by_role("button").click()

        expect(cell(page, scene.free)).to_contain_text("Alba")
        expect(cell(page, scene.free).locator("a, button")).to_have_count(0)

    def test_who_forges_a_form_is_refused_and_told_why(self, scene: Scene) -> None:
        """UX-3: a forged POST gets 403 and the page says why, or 404 for what she may not see; nothing changes."""
        hidden = elsewhere(lambda: of_another_group(scene))
        page = scene.open(who="alba")
        refused = forge(page, scene.owned, scene.cast.alba.person_id)
        assert 403 == refused
        expect(page.get_by_role("heading", level=1, name="Esto no está abierto para ti")).to_be_visible()
        assert [] == violations(page)
        page.goto("/contactos")
        assert 404 == forge(page, hidden, scene.cast.alba.person_id)
        assert [] == violations(page)

        owners = [scene.owner_of(one) for one in (scene.owned, hidden)]
        assert [scene.cast.bruno.person_id, scene.cast.carla.person_id] == owners


def of_another_group(scene: Scene) -> int:
    """Write a contact of Carla's, which agents of the north do not see."""
    with in_organization(scene.cast.organization_id):
        return a_contact("De Carla", by=scene.cast.admin, owner=scene.cast.carla).pk


def forge(page: Page, contact_id: int, person_id: int) -> int:
    """Send a form that the page does not offer; return the status of the page that comes."""
    with page.expect_navigation() as came:
        page.evaluate(FORGE, [f"/contactos/{contact_id}/encargado", str(person_id)])
    return came.value.status


class TestTheSamePicker:
    @pytest.mark.parametrize("place", ["list", "profile", "palette"])
    def test_opens_by_the_same_keys(self, scene: Scene, place: str) -> None:
        """From list, profile and palette, the same choices by the same keys (UX-6)."""
        page = scene.open("/contactos" if place == "list" else f"/contactos/{scene.free}")
        if place == "palette":
            page.keyboard.press("Control+k")
            expect(page.locator("#palette-results [role=option]").first).to_be_visible()
            page.keyboard.type("asignar a")
            expect(page.locator("#palette-results [role=option]")).to_have_count(3)
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("j" if place == "list" else "a")
        if place == "list":
            page.keyboard.press("a")
        expect(page.locator("[data-picker-search]")).to_be_focused()
        page.keyboard.type("matias")
        page.keyboard.press("Enter")

        expect(cell(page, scene.free)).to_contain_text("Matías Herrera")


class TestKeys:
    def test_write_in_a_field_and_do_nothing_else(self, scene: Scene) -> None:
        """With the focus in a text field the letters are letters (UX-8)."""
        page = scene.open()
        page.keyboard.press("/")
        page.keyboard.type("ajkec")

        expect(page.locator("#contacts-search")).to_have_value("ajkec")
        expect(page.locator("#picker")).to_be_hidden()

    def test_switched_off_do_nothing_anywhere(self, scene: Scene) -> None:
        """UX-8: with single keys off, `A` and the others do nothing on any page; those with Ctrl, and Enter, still do."""
        elsewhere(lambda: switch_keys_off(scene))
        page = scene.open()
        for path in ("/contactos", f"/contactos/{scene.free}", "/bandeja", "/reglas"):
            page.goto(path)
            for key in "ajxicfz?/":
                page.keyboard.press(key)
            expect(page.locator("#picker:popover-open, dialog[open]")).to_have_count(0)
            expect(page.locator("tbody .cb:checked, .cur, main [data-search]:focus")).to_have_count(0)
            assert path == page.evaluate("location.pathname")
        page.keyboard.press("Control+k")

        expect(page.locator("#palette")).to_be_visible()
        assert scene.owner_of(scene.free) is None

    def test_go_to_a_profile_without_the_mouse(self, scene: Scene) -> None:
        """UX-7: `Ctrl K`, a name: one question 60 ms after the last key, shown with its answer; Enter: her profile."""
        page = scene.open()
        page.clock.install()
        page.keyboard.press("Control+k")
        page.clock.run_for(1)
        found, asked = page.locator("#palette-results [role=option]"), list[str]()
        expect(found).not_to_have_count(0)
        page.clock.pause_at(now() + timedelta(seconds=5))
        page.on("request", lambda request: asked.append(request.url))
        page.keyboard.type("beatriz")
        page.clock.run_for(60)

        expect(found).to_have_count(1)  # with the clock at rest: nothing else has to pass
        assert ["beatriz"] == [parse_qs(urlsplit(url).query)["q"][0] for url in asked if "/palette" in url]
        page.clock.resume()  # axe waits for timers
        assert [] == violations(page)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/contactos/{scene.free}")

    def test_never_press_what_was_offered_before(self, scene: Scene) -> None:
        """UX-7: Enter before the answer has come opens what is found, not what the palette offered without the name."""
        page = scene.open(f"/contactos/{scene.owned}")
        late = dict[str, Route]()
        page.keyboard.press("Control+k")
        expect(page.locator("#palette-results [role=option]")).not_to_have_count(0)
        page.route("**/palette?*", lambda route: late.update({route.request.url: route}))
        with page.expect_request("**/palette?q=beatriz&*"):
            page.keyboard.type("beatriz")
            page.keyboard.press("Enter")
        expect(page.locator("#palette")).to_be_visible()
        for one in late.values():
            one.continue_()

        page.wait_for_url(f"**/contactos/{scene.free}")


def switch_keys_off(scene: Scene) -> None:
    """Let the manager switch single keys off."""
    with in_organization(scene.cast.organization_id):
        choose_preferences({"single_keys": False}, actor=scene.cast.manager, at=now())


class TestTheAddress:
    def test_has_search_and_filter_and_goes_back(self, scene: Scene) -> None:
        """What is typed and filtered is in the address; *Atrás* undoes the last filter (UX-10)."""
        page = scene.open()
        page.keyboard.press("f")
        page.locator("#dialog a.mi").first.click()
        page.locator("#dialog").get_by_label("Bruno").check()
        page.locator("#dialog button[name=add]").click()
        page.wait_for_url("**/contactos?filter=*")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.go_back()

        expect(page.locator("tbody tr")).to_have_count(2)
        page.locator("#contacts-search").fill("nahuel")
        page.wait_for_url("**/contactos?*q=nahuel*")
        expect(page.locator("tbody tr")).to_have_count(1)
