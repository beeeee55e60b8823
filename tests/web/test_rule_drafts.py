"""The pages of drafts and versions: written apart, compared in sentences, published as a whole, taken back in one step."""

import re

import pytest

from reparto.contacts.models import Contact
from reparto.kit.clock import now
from reparto.kit.tenancy import enter_organization
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule, RuleSetDraft
from reparto.rules.queries import all_rules, current_rule_set, find_draft
from tests import cast
from tests.cast import AT, Cast
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text, toast, was_of

pytestmark = pytest.mark.django_db
LIMA = {"all": [{"field": "city", "op": "is", "value": "Lima"}]}


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


@pytest.fixture
def admin(company: Cast) -> Visitor:
    """The administrator's browser."""
    return Visitor(company.admin)


def a_draft(company: Cast, *names: str) -> RuleSetDraft:
    """Write rules by these names, and copy them into a draft."""
    for name in names:
        cast.a_rule(company.alba, admin=company.admin, description=name)
    return add_draft("Verano", actor=company.admin, at=AT)


def goes_to(page: str) -> str:
    """Return to whom a trial says the contact would go."""
    found = re.search(r"Quedaría con (\w+)", page)
    return found[1] if found else ""


class TestDraft:
    def test_is_written_and_published(self, company: Cast, admin: Visitor) -> None:
        """BY-7: a draft begins as a copy; rules are added, copied, moved, paused, taken out; one press publishes it."""
        one, two = (cast.a_rule(company.alba, admin=company.admin, description=name).pk for name in ("Uno", "Dos"))
        path = admin.post("/reglas/borradores", name="Verano").headers["Location"]

        admin.post(f"{path}/nueva", **a_form(company.bruno, version="1"))
        admin.post(f"{path}/{one}/activa", set="off")
        admin.post(f"{path}/orden", move=f"{two}:up")
        admin.post(f"{path}/{two}/duplicar")
        fresh = Visitor(company.admin, {"HX-Request": "true", "HX-Target": "draft-head"})
        admin.post(f"{path}/{two}/eliminar")
        assert 'name="version" value="6"' in text(fresh.get(path))
        enter_organization(company.organization_id)
        assert [one, two] == [rule.pk for rule in all_rules()]
        draft = find_draft(int(path.rpartition("/")[2]))
        rules = [(rule["description"], rule["active"]) for rule in draft.content]
        assert [("Copia de Dos", False), ("Uno", False), ("Norte primero", True)] == rules
        page = text(admin.get(path))
        assert "«Norte primero» es nueva, en el lugar 3." in page
        assert "«Dos», que estaba en el lugar 2, ya no está." in page
        answer = admin.by_htmx.post(f"{path}/publicar", version=str(draft.version), over="2")

        enter_organization(company.organization_id)
        assert rules == [(rule.description, rule.active) for rule in all_rules()]
        assert "/reglas" == answer.headers["HX-Redirect"]
        admin.post("/reglas/versiones/2/volver")
        enter_organization(company.organization_id)
        assert [one, two] == [rule.pk for rule in all_rules()]

    def test_a_rule_of_it_is_edited_like_any_other(self, company: Cast, admin: Visitor) -> None:
        """UP-4, INV-16: faults beside their fields, both sides of a clash, and what is in force stays as it is."""
        draft = a_draft(company, "Uno")
        rule = draft.content[0]["id"]
        path = f"/reglas/borradores/{draft.pk}/{rule}"

        assert 'value="Uno"' in text(admin.get(path))
        was = was_of(admin.get(path))
        wrong = admin.post(path, **a_form(company.alba, description="", was=was))
        assert (422, 1) == (wrong.status_code, text(wrong).count('class="fault"'))
        assert 200 == admin.by_htmx.post(path, **a_form(company.alba, step="condition:")).status_code
        assert path == admin.post(path, **a_form(company.bruno, was=was)).headers["Location"]
        clash = admin.post(path, **a_form(company.carla, was=was, if_nobody="wait"))
        assert (412, ["Asignar a"]) == (clash.status_code, [one.label for one in clash.context["clashes"]])
        assert 302 == admin.post(path, **a_form(company.bruno, was=was, if_nobody="wait")).status_code

        enter_organization(company.organization_id)
        drafted = find_draft(draft.pk).content[0]
        assert ("Norte primero", "wait", "Uno") == (
            *(drafted[name] for name in ("description", "if_nobody")),
            Rule.objects.get().description,
        )
        assert 404 == admin.get(f"/reglas/borradores/{draft.pk}/999999").status_code

    def test_what_stands_in_the_way_is_said_beside_its_cause(self, company: Cast, admin: Visitor) -> None:
        """BY-8: faults of the whole close the way and lead to their rule; a forged press changes nothing."""
        draft = a_draft(company, "Todos")
        first = draft.content[0] | {"if_nobody": "wait"}
        behind = {"description": "Nunca", "assign_to": first["assign_to"], "filters": LIMA}
        written = edit_draft(draft.pk, {"rules": [first, behind]}, actor=company.admin, at=AT)
        path = f"/reglas/borradores/{draft.pk}"
        page = text(admin.get(path))

        assert re.search(rf'href="{path}/{written.content[1]["id"]}"><bdi>2 · Nunca</bdi></a>: Nunca se alcanza', page)
        assert re.search(r'class="btn pri" disabled', page)
        assert 422 == admin.post(f"{path}/publicar", version="2", over="1").status_code
        enter_organization(company.organization_id)
        assert 1 == current_rule_set().version

    def test_somebody_was_faster(self, company: Cast, admin: Visitor) -> None:
        """INV-16: what was published meanwhile is said; publishing over it is a second, knowing press."""
        draft = a_draft(company, "Uno")
        edit_rule(draft.content[0]["id"], {"tags": ["vip"]}, actor=company.admin, at=AT)
        path = f"/reglas/borradores/{draft.pk}"

        stale = admin.post(f"{path}/publicar", version="1", over="1")
        assert 412 == stale.status_code
        assert "Etiquetas: vip (antes: ninguno)" in text(stale)
        assert "Publicar de todos modos" in text(stale)
        assert 302 == admin.post(f"{path}/publicar", version="1", over="2").status_code

    def test_contacts_that_no_rule_takes(self, company: Cast, admin: Visitor) -> None:
        """BY-8: of those who arrived in the last days it says how many no rule of the draft would take, and names them."""
        draft = a_draft(company, "Lima")
        edit_draft(draft.pk, {"rules": [draft.content[0] | {"filters": LIMA}]}, actor=company.admin, at=AT)
        path = f"/reglas/borradores/{draft.pk}"
        assert "no llegó ningún contacto" in text(admin.get(path))
        for city in ("Lima", "Quito"):
            cast.a_contact(f"De {city}", admin=company.admin, fields={"city": city})
        Contact.objects.update(arrived_by_itself=True, created_at=now())

        assert re.search(r"Sin regla: 1 de 2 en.*>De Quito</bdi></a>", text(admin.get(path)), re.DOTALL)

    def test_it_is_tried_with_a_contact(self, company: Cast, admin: Visitor) -> None:
        """UX-22: trying from a draft asks the draft's rules, and the editor's form among them."""
        draft = a_draft(company, "Uno")
        rules = [draft.content[0] | {"assign_to": [{"person_id": company.bruno.person_id}]}]
        edit_draft(draft.pk, {"rules": rules}, actor=company.admin, at=AT)
        contact = cast.a_contact("Clara", admin=company.admin).pk

        live = text(admin.get("/reglas/probar", contact=contact))
        drafted = text(admin.get("/reglas/probar", contact=contact, draft=draft.pk))
        form = a_form(company.alba, rule=draft.content[0]["id"], draft=draft.pk, contact=contact)
        assert ("Alba", "Bruno") == (goes_to(live), goes_to(drafted))
        assert "Alba" == goes_to(text(admin.post("/reglas/probar", **form)))

    def test_name_and_end(self, company: Cast, admin: Visitor) -> None:
        """A draft is renamed, listed with what it would change, and thrown away."""
        draft = a_draft(company, "Uno")
        edit_draft(draft.pk, {"rules": []}, actor=company.admin, at=AT)
        path = f"/reglas/borradores/{draft.pk}"

        assert 422 == admin.post(path, name="").status_code
        admin.post(path, name="Otoño")
        assert re.search(
            r">Otoño</bdi></a>.*0 reglas · 1 cambio frente", text(admin.get("/reglas/borradores")), re.DOTALL
        )
        admin.post(f"{path}/eliminar")
        enter_organization(company.organization_id)
        assert (0, 1) == (RuleSetDraft.objects.count(), all_rules().count())


class TestVersions:
    def test_are_listed_compared_and_put_back(self, company: Cast, admin: Visitor) -> None:
        """BY-7: who, when, how many, what changed; any two are compared; going back is one press and has its undo."""
        rule = cast.a_rule(company.alba, admin=company.admin, description="Uno")
        edit_rule(rule.pk, {"strategy": "least_loaded", "active": False}, actor=company.admin, at=AT)
        cast.a_rule(company.bruno, admin=company.admin, description="Dos")

        listed, page = text(admin.get("/reglas/versiones")), text(admin.get("/reglas/versiones/3", con=1))
        assert re.search(
            r"Versión 3.*en vigor.*Ada.*«Dos» es nueva.*Versión 2.*Criterio: Menor carga", listed, re.DOTALL
        )
        assert all(said in page for said in ("«Dos» es nueva", "Queda en pausa.", "Criterio: Menor carga (antes: "))
        answer = admin.by_htmx.post("/reglas/versiones/1/volver")

        enter_organization(company.organization_id)
        assert [("Uno", "round_robin", True)] == list(all_rules().values_list("description", "strategy", "active"))
        assert "/reglas" == answer.headers["HX-Redirect"]
        assert "vuelve a la versión 1" in text(admin.get("/reglas/versiones"))

    def test_taking_back_takes_no_later_one_along(self, company: Cast, admin: Visitor) -> None:
        """BY-7, INV-16: the undo of a publication is refused once another is newer, and done knowingly against that."""
        draft = a_draft(company, "Uno")
        rule = draft.content[0]["id"]
        edit_draft(draft.pk, {"rules": [draft.content[0] | {"if_nobody": "wait"}]}, actor=company.admin, at=AT)
        admin.post(f"/reglas/borradores/{draft.pk}/publicar", version="2", over="1")
        undo = re.search(r'data-undo="([^"]+)"', text(admin.get("/reglas")))
        enter_organization(company.organization_id)
        edit_rule(rule, {"tags": ["vip"]}, actor=company.admin, at=AT)

        assert undo
        stale = admin.by_htmx.post(undo[1])
        assert (412, "error") == (stale.status_code, toast(stale)["kind"])
        assert "versión 3. «Uno» cambia." in toast(stale)["text"]
        to = admin.post(undo[1]).headers["Location"]
        assert "/reglas/versiones/1?con=3" == to
        page = text(admin.get(to))
        assert "Etiquetas: ninguno (antes: vip)" in page
        assert 'name="over" value="3"' in page
        enter_organization(company.organization_id)
        assert (["vip"], "wait") == (Rule.objects.get().tags, Rule.objects.get().if_nobody)
        admin.post("/reglas/versiones/1/volver", over="3")
        enter_organization(company.organization_id)
        assert ([], "next") == (Rule.objects.get().tags, Rule.objects.get().if_nobody)


class TestWhoMay:
    def test_managers_look_and_strangers_find_nothing(self, company: Cast) -> None:
        """UP-1: a manager sees versions and no draft, an agent neither; strangers get 404 for both."""
        draft = a_draft(company, "Uno")
        manager, agent, stranger = Visitor(company.manager), Visitor(company.alba), Visitor(cast.a_stranger().admin)

        assert (200, 403) == tuple(
            manager.get(path).status_code for path in ("/reglas/versiones/1", "/reglas/borradores")
        )
        assert 403 == manager.post("/reglas/versiones/1/volver").status_code
        assert "Volver a esta" not in text(manager.get("/reglas/versiones"))
        assert 403 == agent.get("/reglas/versiones").status_code
        for path in (f"/reglas/borradores/{draft.pk}", f"/reglas/borradores/{draft.pk}/nueva", "/reglas/versiones/1"):
            assert 404 == stranger.get(path).status_code

    def test_a_copy_of_a_rule(self, company: Cast, admin: Visitor) -> None:
        """UP-3: *Duplicar* puts a paused copy behind the rule and opens it."""
        rule = cast.a_rule(company.alba, admin=company.admin, description="Uno")
        answer = admin.by_htmx.post(f"/reglas/{rule.pk}/duplicar")

        enter_organization(company.organization_id)
        copy = Rule.objects.get(description="Copia de Uno")
        assert (f"/reglas/{copy.pk}", False, {}) == (answer.headers["HX-Redirect"], copy.active, toast(answer))
