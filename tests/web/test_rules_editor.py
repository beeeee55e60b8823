"""The editor of rules: its buttons save nothing, lose nothing and survive whatever is sent."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.engine import FILTER_DEPTH
from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from reparto.people.set_availability import set_availability
from reparto.rules.queries import all_rules
from tests import cast
from tests.cast import AT, Cast
from tests.web.rule_editor import a_form, tokens_of
from tests.web.visitor import Visitor, was_of

RED_BLUE = ("Rojo", "Azul, claro")

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


def a_browser(actor: Actor) -> Client:
    """Return a browser in which somebody is signed in."""
    return Visitor(actor).client


def ids(company: Cast) -> list[int]:
    """Return the rules in their order."""
    enter_organization(company.organization_id)
    return [rule.pk for rule in all_rules()]


class TestSteps:
    """Buttons inside the editor save nothing and lose nothing."""

    @pytest.mark.parametrize(
        ("step", "expected"),
        [
            ("condition:", ["·(", "all", "·?", "city", "is", "Lima", "·;", "·?", "source", "is", "", "·;", "·)"]),
            (
                "group:",
                [
                    "·(",
                    "all",
                    "·?",
                    "city",
                    "is",
                    "Lima",
                    "·;",
                    "·(",
                    "any",
                    "·?",
                    "source",
                    "is",
                    "",
                    "·;",
                    "·)",
                    "·)",
                ],
            ),
            ("remove:0", ["·(", "all", "·)"]),
            ("remove:7", ["·(", "all", "·?", "city", "is", "Lima", "·;", "·)"]),
            ("condition:x.y", ["·(", "all", "·?", "city", "is", "Lima", "·;", "·)"]),
            ("draw", ["·(", "all", "·?", "city", "is", "Lima", "·;", "·)"]),
        ],
    )
    def test_filters(self, company: Cast, step: str, expected: list[str]) -> None:
        """A condition or a group is added or removed where the button stands."""
        sent = a_form(company.alba, f=["·(", "all", "·?", "city", "is", "Lima", "·;", "·)"], step=step)
        page = a_browser(company.admin).post("/reglas/nueva", sent).content.decode()

        assert expected == tokens_of(page)
        assert 'value="Norte primero"' in page
        assert [] == ids(company)

    def test_people(self, company: Cast) -> None:
        """People and groups are added, moved and taken out; twice the same is once."""
        browser = a_browser(company.admin)
        alba, bruno = (f"p{one.person_id}" for one in (company.alba, company.bruno))
        group = f"g{company.south_id}"

        def after(step: str, added: str = "") -> list[str]:
            sent = a_form(company.alba, company.bruno, step=step, add_target=added)
            return re.findall(r'name="to" value="([^"]+)"', browser.post("/reglas/nueva", sent).content.decode())

        assert [alba, bruno, group] == after("add", group)
        assert [alba, bruno] == after("add", alba)
        assert [bruno, alba] == after(f"later:{alba}")
        assert [alba, bruno] == after(f"earlier:{alba}")
        assert [bruno] == after(f"drop:{alba}")

    @pytest.mark.parametrize(
        "tokens",
        [
            [],
            ["·)"] * 5,
            ["·("] * 500,
            ["·?"],
            ["·(", "any", "·?", "city"],
            ["x"],
            ["·(", "all", "·?", "nothing", "is", "x", "·;", "·)"],
        ],
    )
    def test_no_form_breaks_it(self, company: Cast, tokens: list[str]) -> None:
        """Whatever a browser sends as a filter, the editor answers."""
        answer = a_browser(company.admin).post("/reglas/nueva", a_form(company.alba, f=tokens, step="draw"))

        assert 200 == answer.status_code

    def test_whose_turn(self, company: Cast) -> None:
        """The editor says who is next and why others are skipped."""
        cast.a_rule(company.alba, company.bruno, admin=company.admin)
        set_availability(company.alba.person_id, status="away", actor=company.alba, at=AT)
        (rule_id,) = ids(company)
        page = a_browser(company.admin).get(f"/reglas/{rule_id}").content.decode()

        assert re.search(r'class="p sk">.*?Alba', page, re.DOTALL)


class TestCriteria:
    """Each criterion that the edition has can be chosen."""

    def test_of_results_are_chosen_as_any_other(self, company: Cast) -> None:
        """UP-7: the pro edition's editor offers all five, and a rule that goes by the close rate is saved as such."""
        browser = a_browser(company.admin)
        shown = browser.get("/reglas/nueva").content.decode()
        browser.post("/reglas/nueva", a_form(company.alba, company.bruno, strategy="close_rate"))

        assert not re.findall(r'<input[^>]*name="strategy"[^>]*disabled', shown)
        assert 5 == len(re.findall(r'<input[^>]*name="strategy"', shown))
        assert ["close_rate"] == [rule.strategy for rule in all_rules()]


class TestAFilterOfAProgram:
    def test_is_kept_to_the_letter_when_another_condition_is_added(self, company: Cast) -> None:
        """UP-10: as deep as the language goes, spaces, lines, microseconds and ids of nobody stay as they were written."""
        odd = [
            {"field": "comment", "op": "contains", "value": " sa "},
            {"field": "tags", "op": "has_any", "value": ["una\nlínea", "otra"]},
            {"field": "created", "op": ">", "value": "2026-03-01T12:30:00.123456+00:00"},
            {"field": "owner", "op": "not_in", "value": [company.alba.person_id, 999_999]},
            {"field": "owner", "op": "is", "value": 999_999},
        ]
        deep: dict[str, Any] = {"any": odd}
        for depth in range(FILTER_DEPTH - 3):
            deep = {("all", "any")[depth % 2]: [deep]}
        rule = cast.a_rule(company.alba, admin=company.admin, filters={"all": [deep]})
        browser, url = a_browser(company.admin), f"/reglas/{rule.pk}"
        page = browser.get(url)
        stepped = browser.post(url, a_form(company.alba, f=tokens_of(page.content.decode()), step="condition:"))
        sent = tokens_of(stepped.content.decode())
        sent[-5:-2] = ["city", "is", "Lima"]
        form = a_form(company.alba, f=sent, was=was_of(page), if_nobody="wait")

        assert 302 == browser.post(url, form).status_code
        enter_organization(company.organization_id)
        city = {"field": "city", "op": "is", "value": "Lima"}
        assert {"all": [deep, city]} == all_rules().get().filters
        form |= {"was": was_of(browser.get(url)), "f": ["666" if one == "999999" else one for one in sent]}
        browser.post(url, form)
        enter_organization(company.organization_id)
        assert "999999" not in json.dumps(all_rules().get().filters)


class TestValues:
    """A value that nobody can guess is chosen, not typed."""

    @pytest.fixture
    def editor(self, company: Cast) -> Client:
        """A browser in a company with a yes or no, a choice and a list of its own."""
        for key, kind, choices in (
            ("activo", "yesno", ()),
            ("color", "choice", RED_BLUE),
            ("gustos", "multi", RED_BLUE),
        ):
            add_custom_field(CustomFieldDraft(key, key.title(), kind, choices), actor=company.admin, at=AT)
        return a_browser(company.admin)

    @pytest.mark.parametrize(
        ("asked", "offered", "sent"),
        [
            (("status", "in", "nuevo, Archivado"), ["Nuevo", "Ganado, casi"], ["nuevo", "Archivado"]),
            (("status", "is", ""), ["Nuevo", "Ganado, casi"], []),
            (("city", "starts", "Te"), ["Temuco"], ["Te"]),
            (("sex", "in", "M"), [], ["M"]),
            (("language", "not_in", "pt"), ["Portugués", "Japonés"], ["pt"]),
            (("tags", "has_all", "flota"), ["Flota"], ["flota"]),
        ],
    )
    def test_that_contacts_have_are_offered(
        self, editor: Client, company: Cast, asked: tuple[str, ...], offered: list[str], sent: list[str]
    ) -> None:
        """UP-10: what the company's contacts have is chosen from a list; another may still be typed."""
        for status in ("Nuevo", "Nuevo", "nuevo", "Ganado, casi"):
            fields = {"status": status, "city": "Temuco", "language": "ja"}
            cast.a_contact(admin=company.admin, fields=fields, tags=("Flota",))
        form = a_form(company.alba, f=["·(", "all", "·?", *asked, "·;", "·)"], step="draw")
        page = editor.post("/reglas/nueva", form).content.decode()

        assert all(f">{label}<" in html.unescape(page) for label in offered)
        assert sent == [one for one in tokens_of(page)[5:-2] if one]

    @pytest.mark.parametrize(
        ("asked", "offered", "sent"),
        [
            (("custom.activo", "is", "true"), ["Sí", "No"], ["true"]),
            (("custom.color", "is", "ROJO"), ["Rojo", "Azul, claro"], ["ROJO"]),
            (("custom.color", "is", "Verde"), ["Rojo", "Verde · no se ofrece"], ["Verde"]),
            (("custom.gustos", "has_any", '"azul, claro", rojo'), ["Rojo", "Azul, claro"], ['"azul, claro"', "rojo"]),
            (("country", "is", "MX"), ["México"], ["México"]),
            (("country", "in", "mx, DE, Narnia"), ["México"], ["México", "Alemania, Narnia"]),
        ],
    )
    def test_are_offered(
        self, editor: Client, company: Cast, asked: tuple[str, ...], offered: list[str], sent: list[str]
    ) -> None:
        """BY-8: yes and no, own choices and countries are lists; what is asked and not offered stays in sight."""
        form = a_form(company.alba, f=["·(", "all", "·?", *asked, "·;", "·)"], step="draw")
        page = editor.post("/reglas/nueva", form).content.decode()
        again = tokens_of(page)

        assert all(f">{label}<" in html.unescape(page) for label in offered)
        assert sent == [one for one in again[5:-2] if one]
