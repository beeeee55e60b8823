"""Rules in a real browser: written and ordered by the keyboard alone; every screen of administration, every theme."""

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
from tests.browser.served import elsewhere, violations
from tests.browser.stage import PHONE, WIDE, Stage
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account, an_account
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
    account: int
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
    account = an_account("webform", admin=cast.admin)
    for name, person in (("Flotas", cast.alba), ("Norte", cast.bruno)):
        a_rule(person, admin=cast.admin, description=name)
    draft = add_draft("Verano", actor=cast.admin, at=AT)
    write(a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno)), a_text(a_phone()))
    contact = Contact.objects.latest("id").pk
    for person in (cast.alba, cast.bruno):
        show_sign_of_life(person.person_id, at=now())
    return Scene(cast, account.pk, contact, draft.pk, sign_in(cast.admin), stage)


class TestByKeyboard:
    """No mouse (UX-22, UX-28)."""

    def test_a_rule_is_written(self, scene: Scene) -> None:
        """Description, a composed filter, a person, and Ctrl S: the rule is in force as it was written."""
        page = scene.open("/reglas/nueva")
        page.locator("#description").focus()
        page.keyboard.type("Lima o flotas")
        for opened in ("#c-0-field", "#c-1-field"):
            page.locator("#c-root-add").focus()
            page.keyboard.press("Enter")
            expect(page.locator(opened)).to_be_visible()
        # The focus stays where it was, through every answer of the server.
        expect(page.locator("#c-root-add")).to_be_focused()
        page.locator("#c-root-join").select_option("any")
        page.locator("#c-0-field").select_option("city")
        expect(page.locator("#c-0-op")).to_contain_text(re.compile("contiene|contains"))
        page.locator("#c-0-value").focus()
        page.keyboard.type("Lima")
        page.locator("#c-1-field").select_option("sellers")
        page.locator("#c-1-op").select_option(">=")
        page.locator("#c-1-value").focus()
        page.keyboard.type("5")
        page.locator("#add-target").select_option(f"p{scene.cast.alba.person_id}")
        page.locator("#add-target-button").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#to-p{scene.cast.alba.person_id}")).to_be_visible()
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


class TestWhy:
    """The reason of an assignment (UX-21)."""

    def test_stays_the_same_after_the_rule_is_edited(self, scene: Scene) -> None:
        """UX-21: rule, version, earlier rules and people passed over; the same words after all rules were changed."""
        page = scene.open(f"/contactos/{scene.contact}")
        before = self._opened(page)

        def change() -> None:
            with in_organization(scene.cast.organization_id):
                for rule in all_rules():
                    edit_rule(rule.pk, {"description": "Otra", "active": False}, actor=scene.cast.admin, at=AT)

        elsewhere(change)
        page.reload()

        assert "Flotas" in before
        assert "v2" in before
        assert before == self._opened(page)

    def _opened(self, page: Page) -> str:
        page.locator("[data-why]").first.focus()
        page.keyboard.press("Enter")
        popover = page.locator(".why").first
        popover.wait_for()
        return re.sub(r"hace .*? ·", "", popover.inner_text())


class TestScreens:
    """Every screen of administration."""

    @pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"])
    def test_no_fault_of_accessibility(self, scene: Scene, theme: Any, size: Any) -> None:
        """No page breaks WCAG 2.2 AA as far as axe can tell, nor scrolls sideways (UX-28)."""
        page = scene.open("/reglas", viewport=size, color_scheme=theme)
        found: list[str] = []
        for path in self.paths(scene):
            page.goto(path)
            found += [f"{path} {one}" for one in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} scrolls sideways")

        assert [] == found

    def paths(self, scene: Scene) -> list[str]:
        """Name the pages."""
        person = scene.cast.alba.person_id
        return [
            "/reglas",
            "/reglas/nueva",
            "/reglas/probar",
            "/reglas/borradores",
            f"/reglas/borradores/{scene.draft}",
            "/reglas/versiones",
            "/reglas/versiones/2",
            "/agentes",
            "/agentes/nueva",
            f"/agentes/{person}",
            "/agentes/canales",
            "/agentes/grupos",
            "/agentes/campanas",
            "/cuentas",
            "/cuentas/nueva",
            "/cuentas/nueva?kind=whatsapp",
            f"/cuentas/{scene.account}",
            "/cuarentena",
            "/ajustes",
            "/perfil",
            "/primeros-pasos",
            "/cuenta/dos-pasos/",
            "/cuenta/clave/",
            "/cuenta/sesiones/",
        ]
