"""Rules in a real browser: written and ordered by the keyboard alone, tried, and explained for ever after."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reparto.contacts.models import Contact
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_rule import edit_rule
from reparto.rules.queries import all_rules
from tests.browser.everything import Everything, found_everything
from tests.browser.served import elsewhere, violations
from tests.browser.stage import PHONE, WIDE, Stage
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write
from tests.web.live_browser import sign_in

#: Two choices at once, and a word typed before their answers.
QUICK = """() => {
  for (const [id, field] of [["c-0-field", "city"], ["c-1-field", "sellers"]]) {
    const control = document.getElementById(id);
    control.value = field;
    control.dispatchEvent(new Event("change", {bubbles: true}));
  }
  document.getElementById("description").value = "Deprisa";
  document.getElementById("add-target").selectedIndex = 1;
}"""


@dataclass
class Scene:
    """A company with two rules, a draft and a contact that one of them gave, and its administrator's browser."""

    cast: Cast
    contact: int
    draft: int
    key: str
    stage: Stage

    def open(self, path: str, **options: Any) -> Page:
        """Open a page as the administrator, its scripts ready."""
        return self.stage.open(self.key, path, **options)

    def rules(self) -> list[tuple[str, Any]]:
        """Return description and filter of each rule, as the database has them."""

        def read() -> list[tuple[str, Any]]:
            with in_organization(self.cast.organization_id):
                return list(all_rules().values_list("description", "filters"))

        return elsewhere(read)


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """Found a company, write two rules and a draft, and let somebody write."""
    return stage.found(lambda: _play(stage))


def _play(stage: Stage) -> Scene:
    cast = a_company()
    for name, person in (("Flotas", cast.alba), ("Norte", cast.bruno)):
        a_rule(person, admin=cast.admin, description=name)
    draft = add_draft("Verano", actor=cast.admin, at=AT)
    write(a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno)), a_text(a_phone()))
    contact = Contact.objects.latest("id").pk
    for person in (cast.alba, cast.bruno):
        show_sign_of_life(person.person_id, at=now())
    return Scene(cast, contact, draft.pk, sign_in(cast.admin), stage)


def tab_to(page: Page, wanted: str, *, back: bool = False) -> None:
    """Press Tab until the focus is where it is wanted: a control that Tab does not reach is not found."""
    for _ in range(60):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def choose(page: Page, control: str, value: str, *, back: bool = False) -> None:
    """Go to a list of choices by Tab, and to one of them by its first letter and the arrow."""
    tab_to(page, control, back=back)
    label = page.locator(f"{control} option[value='{value}']").first.inner_text()
    if label[0].isalpha() and page.locator(control).input_value() != value:
        page.keyboard.press(label[0])
    for _ in range(60):
        if page.locator(control).input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow leads to {label} in {control}")


class TestByKeyboard:
    """No mouse (UX-22, UX-28)."""

    def test_a_rule_is_written(self, scene: Scene) -> None:
        """UX-22, UX-28: Tab, letters and arrows alone: description, a composed filter, a person, Ctrl S; it is in force as written."""
        page = scene.open("/reglas/nueva")
        tab_to(page, "#description")
        page.keyboard.type("Lima o flotas")
        tab_to(page, "#c-root-add")
        for opened in ("#c-0-field", "#c-1-field"):
            page.keyboard.press("Enter")
            expect(page.locator(opened)).to_be_visible()
            # The focus stays where it was, through every answer of the server.
            expect(page.locator("#c-root-add")).to_be_focused()
        choose(page, "#c-root-join", "any", back=True)
        choose(page, "#c-0-field", "city")
        expect(page.locator("#c-0-op")).to_contain_text(re.compile("contiene|contains"))
        tab_to(page, "#c-0-value")
        page.keyboard.type("Lima")
        choose(page, "#c-1-field", "sellers")
        expect(page.locator("#c-1-op")).to_contain_text("≥")
        choose(page, "#c-1-op", ">=")
        tab_to(page, "#c-1-value")
        page.keyboard.type("5")
        choose(page, "#add-target", f"p{scene.cast.alba.person_id}")
        tab_to(page, "#add-target-button")
        page.keyboard.press("Enter")
        expect(page.locator(f"#to-p{scene.cast.alba.person_id}")).to_be_visible()
        assert [] == violations(page)
        page.keyboard.press("Control+s")
        page.wait_for_url(re.compile(r"/reglas/\d+$"))

        asked = {"any": [{"field": "city", "op": "is", "value": "Lima"}, {"field": "sellers", "op": ">=", "value": 5}]}
        assert ("Lima o flotas", asked) == scene.rules()[-1]

    def test_who_is_faster_than_the_server_loses_nothing(self, scene: Scene) -> None:
        """Filters added, fields chosen and words typed while answers are on their way: all of it is there."""
        page = scene.open("/reglas/nueva")
        page.route("**/reglas/nueva", lambda route: (page.wait_for_timeout(150), route.continue_()))
        page.evaluate("document.getElementById('c-root-add').click(); document.getElementById('c-root-add').click()")
        expect(page.locator("#c-1-field")).to_be_visible()
        page.evaluate(QUICK)

        expect(page.locator("#c-1-op")).to_contain_text("≥")
        expect(page.locator("#c-0-field")).to_have_value("city")
        expect(page.locator("#description")).to_have_value("Deprisa")
        expect(page.locator("#add-target")).not_to_have_value("")

    def test_the_order_changes_whom_a_contact_would_get(self, scene: Scene) -> None:
        """UX-22: Alt and an arrow move a rule, the focus goes with it, and *Probar con un contacto* answers otherwise."""
        tried = f"/reglas/probar?contact={scene.contact}"
        page = scene.open(tried)
        expect(page.locator(".why")).to_contain_text("Quedaría con Alba")
        page.goto("/reglas")
        grip = page.locator(".ru .gr").first
        grip.focus()
        page.keyboard.press("Alt+ArrowDown")
        page.locator(".toast, [role=status]").filter(has_text=re.compile("orden|order")).first.wait_for()

        assert ["Norte", "Flotas"] == [name for name, _ in scene.rules()]
        expect(page.locator(".ru").nth(1).locator(".gr")).to_be_focused()
        page.goto(tried)
        expect(page.locator(".why")).to_contain_text("Quedaría con Bruno")

    def test_a_draft_is_changed_published_and_taken_back(self, scene: Scene) -> None:
        """BY-7: the list of a draft by the keyboard, what it would change said at once, one press, and Z takes it back."""
        page = scene.open(f"/reglas/borradores/{scene.draft}")
        page.locator(".ru .gr").first.focus()
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("#draft-rest")).to_contain_text("pasa del lugar")
        page.locator("#rules input[type=checkbox]").first.focus()
        page.keyboard.press("Space")
        expect(page.locator("#draft-rest")).to_contain_text("Queda en pausa.")
        assert ["Flotas", "Norte"] == [name for name, _ in scene.rules()]
        expect(page.locator("#draft-head input[name=version]")).to_have_value("3")
        page.locator("#draft-head .btn.pri").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".rules-top")).to_contain_text("Reglas de distribución")
        assert ["Norte", "Flotas"] == [name for name, _ in scene.rules()]
        page.keyboard.press("z")
        expect(page.locator(".ru .ti").first).to_have_text("Flotas")
        page.goto("/reglas/versiones/3?con=4")
        expect(page.locator(".changes")).to_contain_text("pasa del lugar")

    def test_leaving_warns_once(self, scene: Scene) -> None:
        """UX-22: with something typed and not saved, in force or in a draft, leaving asks once."""
        page = scene.open(f"/reglas/borradores/{scene.draft}/nueva")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("#description").fill("Algo")
        page.goto("/reglas")

        assert ["beforeunload"] == asked


class TestByPointer:
    """The same without a keyboard."""

    def test_a_rule_is_dragged_and_on_a_phone_moved_by_buttons(self, scene: Scene) -> None:
        """UX-22: dragged by its grip a rule is second, on a phone *Subir* makes it first again; both are saved as shown."""
        page = scene.open("/reglas")
        cards, order = page.locator(".ru .ti"), ["Flotas", "Norte"]
        for view, move in ((WIDE, self._drag), (PHONE, self._press)):
            page.set_viewport_size(view)
            order.reverse()
            with page.expect_response(lambda answer: answer.request.method == "POST"):
                move(page)
            expect(cards).to_have_text(order)
            assert order == [name for name, _ in scene.rules()]
            page.reload()
            expect(cards).to_have_text(order)
            expect(page.locator(".ru [data-position]")).to_have_text(["1", "2"])
        assert [] == violations(page)

    def _drag(self, page: Page) -> None:
        last = page.locator(".ru").nth(1)
        height = (last.bounding_box() or {"height": 80})["height"]
        page.locator(".ru .gr").first.drag_to(last, target_position={"x": 60, "y": height - 4})

    def _press(self, page: Page) -> None:
        page.get_by_role("button", name="Más acciones de Flotas").click()
        page.get_by_role("button", name="Subir").click()


#: The rule with its version, what held, the rule before it and why not, who was passed over and why.
WHY = r"Por turno v\d.*Prospecto.*Flotas: .+Carla: "


def found() -> tuple[Everything, str]:
    """Found a company with something of everything, and sign its administrator in."""
    company = found_everything()
    return company, sign_in(company.cast.admin)


class TestWhy:
    """The reason of an assignment (UX-21)."""

    def test_stays_the_same_after_the_rule_is_edited(self, stage: Stage) -> None:
        """UX-21: rule, version, conditions, earlier rules and people passed over; not a word changes with the rules."""
        company, key = stage.found(found)
        cast = company.cast
        page = stage.open(key, f"/contactos/{company.ids['contact_id']}")
        before = self._opened(page)

        def change() -> None:
            with in_organization(cast.organization_id):
                for rule in all_rules():
                    edit_rule(rule.pk, {"description": "Otra", "active": False}, actor=cast.admin, at=AT)

        elsewhere(change)
        page.reload()

        assert re.search(WHY, before, re.DOTALL), before
        assert before == self._opened(page)

    def _opened(self, page: Page) -> str:
        page.locator("[data-why]").first.focus()
        page.keyboard.press("Enter")
        popover = page.locator(".why").first
        popover.wait_for()
        assert [] == violations(page)
        return re.sub(r"\d+ min ·", "", popover.inner_text())
