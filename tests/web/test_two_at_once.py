"""Two administrators with the same page open: what one changed is stored, what the other changed meanwhile stays (INV-16)."""

import re

import pytest
from django.http import HttpResponse

from reparto.channels.queries import all_modes
from reparto.contacts.models import CustomField
from reparto.conversations.models import QuickReply
from reparto.kit.organization_settings import read_settings
from reparto.people.change_settings import change_settings
from reparto.people.schedule_of import hours_of, show_hours
from reparto.people.set_hours import HoursDraft, set_hours
from reparto.rules.add_draft import add_draft
from reparto.rules.models import RuleSetDraft
from reparto.rules.queries import all_rules, current_version_number
from tests.cast import AT, Cast, a_company, a_rule, an_account
from tests.web.rule_editor import a_form, tokens_of
from tests.web.visitor import Visitor, text, toast, was_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


class TestAgentsAndChannels:
    def test_keep_what_another_sets_meanwhile(self, cast: Cast) -> None:
        """AD-7: where both changed one cell both are shown, what was typed stays, and one is chosen."""
        account = an_account(admin=cast.admin)
        alba, bruno, carla = (f"mode-{who.person_id}-{account.pk}" for who in (cast.alba, cast.bruno, cast.carla))
        page = Visitor(cast.admin)
        form = {"was": was_of(page.get("/agentes/canales")), **dict.fromkeys((alba, bruno, carla), "disabled")}
        page.post("/agentes/canales", **{carla: "auto", alba: "enabled"})

        assert 302 == page.post("/agentes/canales", **form | {bruno: "auto"}).status_code
        assert {"enabled", "auto"} == {*modes().values()}
        clash = page.post("/agentes/canales", **form | {bruno: "auto", alba: "auto"})
        assert (412, "Alba") == (clash.status_code, clash.context["clashes"][0].label.split(",")[0])
        again = form | {"was": was_of(clash), alba: "auto", bruno: "auto", carla: "auto"}
        page.post("/agentes/canales", **again | {f"keep.{alba}": "theirs"})
        assert "enabled" == modes()[cast.alba.person_id]
        page.post("/agentes/canales", **again)
        assert ["auto"] * 3 == [*modes().values()]


class TestSettings:
    def test_keep_what_another_sets_meanwhile(self, cast: Cast) -> None:
        """UP-7: changing the days of figures takes back neither what owners who are away do, nor odd seconds."""
        page = Visitor(cast.admin)
        graces = {"whatsapp": 90, "webform": 600, "phone": 600}
        change_settings("presence", {"grace_seconds": graces}, actor=cast.admin, at=AT)
        form = SHOWN | {"grace-whatsapp": "1", "was": was_of(page.get("/ajustes"))}
        change_settings("distribution", {"owner_away": "wait"}, actor=cast.admin, at=AT)
        change_settings("figures", {"shrinkage": 9}, actor=cast.admin, at=AT)

        assert 302 == page.post("/ajustes", **form | {"figures-days": "77"}).status_code
        clash = page.post("/ajustes", **form | {"figures-shrinkage": "7"})
        assert (412, "7", "9") == (clash.status_code, *sides(clash))
        settings = read_settings()
        assert ("wait", graces) == (settings["distribution"]["owner_away"], settings["presence"]["grace_seconds"])
        assert {"days": 77, "minimum_sample": 5, "shrinkage": 9} == settings["figures"]

    def test_of_the_inbox_keep_what_another_sets_meanwhile(self, cast: Cast) -> None:
        """AC-5: switching on the first answer does not open to agents again what was closed meanwhile."""
        page, url = Visitor(cast.admin), "/ajustes/bandeja"
        form = {"was": was_of(page.get(url)), "agents_see": "group"}
        change_settings("inbox", {"agents_see": "own"}, actor=cast.admin, at=AT)

        assert 302 == page.post(url, **form | {"first_responder_owns": "on"}).status_code
        assert {"first_responder_owns": True, "agents_see": "own"} == read_settings()["inbox"]
        clash = page.post(url, **form | {"agents_see": "all"})
        assert (412, "Todo", "Solo lo suyo") == (clash.status_code, *sides(clash))
        page.post(url, was=was_of(clash), agents_see="all")
        assert {"first_responder_owns": False, "agents_see": "all"} == read_settings()["inbox"]


class TestRules:
    @pytest.fixture
    def three(self, cast: Cast) -> list[int]:
        """Three rules in force."""
        return [a_rule(cast.alba, admin=cast.admin, description=name).pk for name in ("Uno", "Dos", "Tres")]

    def test_order_takes_back_no_order_of_another(self, cast: Cast, three: list[int]) -> None:
        """UP-3, INV-16: who drags a list of before is told what changed, and sees the list as it stands."""
        one, two, three_ = three
        page, url = Visitor(cast.admin).by_htmx, "/reglas/orden"
        seen = version_of(page.get("/reglas"))
        moved = page.post(url, version=seen, order=[two, one, three_])

        assert (200, "4") == (moved.status_code, version_of(moved))
        stale = page.post(url, version=seen, order=[one, three_, two])
        assert (412, "#rules") == (stale.status_code, stale.headers["HX-Retarget"])
        assert "«Dos» pasa del lugar 2 al 1." in toast(stale)["text"]
        assert [two, one, three_] == list(all_rules().values_list("pk", flat=True))
        assert ["Dos", "Uno", "Tres"] == sorted(("Uno", "Dos", "Tres"), key=text(stale).index)
        page.post(url, version=version_of(stale), move=f"{three_}:up")
        assert ([two, three_, one], 5) == (list(all_rules().values_list("pk", flat=True)), current_version_number())

    def test_keep_what_another_writes_meanwhile(self, cast: Cast) -> None:
        """UP-4, BY-27: a stale form stores what was changed on it; where both wrote, both are shown and one is chosen."""
        rule, page = a_rule(cast.alba, admin=cast.admin, description="Uno"), Visitor(cast.admin)
        url = f"/reglas/{rule.pk}"
        same = {"description": "Uno", "tags": ""}
        form = a_form(cast.alba, was=was_of(page.get(url))) | same
        others = {"to": [f"p{cast.bruno.person_id}"], "tags": "vip", "f": MX}
        page.post(url, **form | others)

        assert 302 == page.post(url, **form | {"if_nobody": "wait"}).status_code
        clash = page.post(url, **form | {"description": "Otro", "tags": "oro", "f": ["·(", "any", "·)"]})
        assert [412, "Otro"] == [clash.status_code, clash.context["form"].description]
        said = {one.label: (one.mine, one.theirs) for one in clash.context["clashes"]}
        assert {"Etiquetas": ("oro", "vip"), "Filtros": ("ningún contacto", "País es México")} == said
        kept = {
            "keep.tags": "mine",
            "keep.filters": "theirs",
            "was": was_of(clash),
            "description": "Otro",
            "tags": "oro",
        }
        again = form | kept | {"to": others["to"], "f": ["·(", "any", "·)"], "if_nobody": "wait"}
        stepped = page.post(url, **again | {"step": "draw"})
        assert ([*MX], "oro") == (tokens_of(text(stepped)), stepped.context["form"].tags)
        page.post(url, **again)
        rule.refresh_from_db()
        assert ("Otro", ["oro"], "wait") == (rule.description, rule.tags, rule.if_nobody)
        assert ([{"person_id": cast.bruno.person_id}], ["MX"]) == (rule.assign_to, [rule.filters["all"][0]["value"]])

    def test_of_a_draft_keep_the_order_of_another(self, cast: Cast, three: list[int]) -> None:
        """INV-16: in a draft too; what is done with one rule does not mind what became of the others."""
        one, two, three_ = three
        draft = add_draft("", actor=cast.admin, at=AT).pk
        page, url = Visitor(cast.admin).by_htmx, f"/reglas/borradores/{draft}"
        seen = version_of(page.get(url))
        page.post(f"{url}/orden", version=seen, order=[two, one, three_])

        stale = page.post(f"{url}/orden", version=seen, order=[one, three_, two])
        assert (412, "2") == (stale.status_code, version_of(stale))
        assert 200 == page.post(f"{url}/{one}/activa", version=seen, set="off").status_code
        content = [(rule["id"], rule["active"]) for rule in RuleSetDraft.objects.get().content]
        assert [(two, True), (one, False), (three_, True)] == content


class TestLists:
    def test_of_hours_keep_the_days_that_another_sets_meanwhile(self, cast: Cast) -> None:
        """AD-6: two change another day each and both hold; of the same day both are shown."""
        page, url = Visitor(cast.manager), f"/agentes/{cast.alba.person_id}/horario"
        set_hours(cast.alba.person_id, [HoursDraft("monday", "09:00", "18:00")], actor=cast.manager, at=AT)
        form = {"was": was_of(page.get(url)), "since-monday": "09:00", "until-monday": "18:00"}
        page.post(url, **form | {"since-tuesday": "08:00", "until-tuesday": "12:00"})

        assert 302 == page.post(url, **form | {"since-friday": "10:00", "until-friday": "14:00"}).status_code
        assert ["monday", "tuesday", "friday"] == [show_hours(one)["weekday"] for one in hours_of(cast.alba.person_id)]
        clash = page.post(url, **form | {"since-tuesday": "07:00", "until-tuesday": "11:00"})
        assert (412, "07:00–11:00", "08:00–12:00") == (clash.status_code, *sides(clash))
        assert 'name="since-tuesday" value="07:00"' in text(clash)

    def test_of_quick_replies_keep_the_words_of_another(self, cast: Cast) -> None:
        """AC-1: a shared reply is renamed without its former words; what both wrote is asked, and lines stay lines."""
        page = Visitor(cast.manager)
        page.post("/ajustes/respuestas", name="Saludo", text="Hola\r\n¿Qué tal?", shared="on")
        row = QuickReply.objects.get()
        url = f"/ajustes/respuestas/{row.pk}"
        form = {"was": was_of(page.get(url)), "name": "Saludo", "text": "Hola\r\n¿Qué tal?", "shared": "on"}
        page.post(url, **form | {"text": "Buenas"})

        assert 302 == page.post(url, **form | {"name": "Primero"}).status_code
        row.refresh_from_db()
        assert ("Primero", "Buenas", None) == (row.name, row.text, row.person_id)
        clash = page.post(url, **form | {"text": "Qué tal"})
        assert (412, "Qué tal", "Buenas") == (clash.status_code, *sides(clash))

    def test_of_fields_keep_the_choices_of_another(self, cast: Cast) -> None:
        """UP-10: who renames a field does not take off a choice that was added meanwhile."""
        page = Visitor(cast.admin)
        page.post("/ajustes/campos", label="Talla", type="choice", choices="S\nM")
        row = CustomField.objects.get()
        url = f"/ajustes/campos/{row.pk}"
        form = {"was": was_of(page.get(url)), "label": "Talla", "choices": "S\r\nM"}
        page.post(url, **form | {"choices": "S\r\nM\r\nL"})

        assert 302 == page.post(url, **form | {"label": "Medida"}).status_code
        row.refresh_from_db()
        assert ("Medida", ["S", "M", "L"]) == (row.label, row.choices)
        clash = page.post(url, **form | {"choices": "S"})
        assert (412, "S", "S, M, L") == (clash.status_code, *sides(clash))


#: A filter as the editor sends it.
MX = ("·(", "all", "·?", "country", "is", "México", "·;", "·)")
#: How the form of *Ajustes* is while nobody chose anything.
SHOWN = {
    "sign_of_life": "on",
    "owner_away": "cover",
    **dict.fromkeys(("grace-whatsapp", "grace-webform", "grace-phone"), "10"),
    "figures-days": "90",
    "figures-minimum_sample": "5",
    "figures-shrinkage": "5",
}


def version_of(response: HttpResponse) -> str:
    """Return the version of a list of rules that its page sends along."""
    found = re.search(r'id="rules-version" name="version" value="([0-9]+)"', text(response))
    assert found
    return found[1]


def sides(clash: HttpResponse) -> tuple[str, str]:
    """Return what both wrote into the only box over which they clash."""
    (one,) = clash.context["clashes"]
    return one.mine, one.theirs


def modes() -> dict[int, str]:
    """Return who has which mode on the only account."""
    return {person: mode for (person, _), mode in all_modes().items()}
