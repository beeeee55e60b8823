"""The pages of flows: the list, the editor on one page, publishing, pausing, and the trial on a conversation."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.channels.keep_message_template import TemplateDraft, keep_message_template
from reparto.conversations.models import Message
from reparto.flows.models import Flow, Run
from reparto.kit.tenancy import enter_organization
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, a_phone, a_stranger, a_whatsapp_account
from tests.flows.some_flows import STARTS, a_draft, a_flow, condition, groups, people, reply, tag, talk, template, wait
from tests.road import a_text, write
from tests.web.rule_editor import tokens_of
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
ALL = ["·(", "all", "·)"]
CLIENTS = ["·(", "all", "·?", "kind", "is", "client", "·;", "·)"]
IS_CLIENT = {"all": [{"field": "kind", "op": "is", "value": "client"}]}


@pytest.fixture
def company() -> Cast:
    """Return a company, entered."""
    return a_company()


def a_form(**more: Any) -> dict[str, Any]:
    """Return what the editor sends for a flow without steps."""
    return {"name": "Bienvenida", "trigger": "conversation_starts", "f": ALL} | more


def every_step(company: Cast) -> dict[str, Any]:
    """Return what the editor sends for a flow with a step of every kind, one of them inside a condition."""
    return a_form(
        order=["0", "1", "2", "3", "4", "5"],
        f=[*ALL, *CLIENTS],
        **{
            "kind-0": "assign_people",
            "to-0": [str(company.alba.person_id)],
            "kind-1": "assign_groups",
            "to-1": [str(company.south_id)],
            "kind-2": "wait",
            "amount-2": "2",
            "unit-2": "days",
            "kind-3": "condition",
            "within-3": ["3-0"],
            "kind-3-0": "tag",
            "tags-3-0": "No, Cliente",
            "kind-4": "reply",
            "text-4": "Hola {{contact.name}}\r\n¿Qué tal?",
            "kind-5": "tag",
            "tags-5": "Sí",
        },
    )


class TestEditor:
    """`/flujos/nuevo` and `/flujos/<id>`."""

    def test_keeps_a_draft_as_it_was_written(self, company: Cast) -> None:
        """AC-4: every kind of step is saved in its order, and the editor shows it again as it would send it."""
        visitor = Visitor(company.admin)

        saved = visitor.post("/flujos/nuevo", **every_step(company))

        enter_organization(company.organization_id)
        flow = Flow.objects.get()
        otherwise = condition(IS_CLIENT, tag("No", "Cliente"))
        steps = [people(company.alba), groups(company.south_id), wait(2, "days"), otherwise]
        assert (302, [*steps, reply("Hola {{contact.name}}\n¿Qué tal?"), tag("Sí")]) == (saved.status_code, flow.steps)
        page = text(visitor.get(f"/flujos/{flow.pk}"))
        assert [*ALL, *CLIENTS] == tokens_of(page)
        assert "Borrador" in page

    def test_publishes_what_stands_in_it(self, company: Cast) -> None:
        """Publishing saves first; from then on the flow is in force, and a later draft is shown as such."""
        visitor = Visitor(company.admin)

        visitor.post("/flujos/nuevo", act="publish", **every_step(company))

        enter_organization(company.organization_id)
        flow = Flow.objects.get()
        page = text(visitor.get(f"/flujos/{flow.pk}"))
        assert (1, True) == (flow.published_number, "Vigente: v1" in page)
        visitor.post(f"/flujos/{flow.pk}", **every_step(company) | {"name": "Otra", "version": str(flow.version)})
        assert "con cambios sin publicar" in text(visitor.get(f"/flujos/{flow.pk}"))

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, company: Cast) -> None:
        """A refused flow is shown with its faults beside the steps; nothing was saved."""
        sent = every_step(company) | {"text-4": "Hola {{contact.secret}}", "to-0": [], "name": ""}

        answer = Visitor(company.admin).post("/flujos/nuevo", **sent)

        page = text(answer)
        assert 422 == answer.status_code
        assert "No existe la variable «contact.secret»." in page
        assert "Hola {{contact.secret}}" in page
        assert "Elige al menos uno." in page
        enter_organization(company.organization_id)
        assert 0 == Flow.objects.count()

    @pytest.mark.parametrize(
        ("step", "order"),
        [
            ("plus:tag", ["0", "1", "2", "3", "4", "5", "6"]),
            ("drop:0", ["0", "1", "2", "3", "4"]),
            ("up:9", ["0", "1", "2", "3", "4", "5"]),
            ("nonsense:::", ["0", "1", "2", "3", "4", "5"]),
        ],
    )
    def test_adds_and_removes_steps_without_saving(self, company: Cast, step: str, order: list[str]) -> None:
        """A button inside draws the form anew with the step added or gone, and filters stay with their conditions."""
        page = text(Visitor(company.admin).by_htmx.post("/flujos/nuevo", step=step, **every_step(company)))

        assert order == [one.split('"')[0] for one in page.split('name="order" value="')[1:]]
        assert [*ALL, *CLIENTS] == tokens_of(page)

    def test_answers_with_a_template(self, company: Cast) -> None:
        """AC-4: choosing a template shows it and asks for its variables; it is saved, shown again, and tried."""
        account, visitor = a_whatsapp_account(admin=company.admin), Visitor(company.admin)
        draft = TemplateDraft(account.pk, "listo", "es", "Hola {{1}}")
        keep_message_template(draft, actor=company.admin, at=AT)
        write(account, a_text(a_phone(), at=AT - timedelta(days=3)))
        number = talk().pk
        sent = a_form(order=["0"], **{"kind-0": "reply", "template-0": "es:listo"})

        asked = text(visitor.by_htmx.post("/flujos/nuevo", step="draw", **sent))
        sent |= {"value-0-1": "{{contact.first_name}}"}
        visitor.post("/flujos/nuevo", **sent)
        tried = text(visitor.post("/flujos/probar", conversation=str(number), **sent))

        assert all(one in asked for one in ('name="value-0-1"', "Hola {{1}}", 'value="es:listo" selected'))
        assert "Hola Cliente" in tried
        enter_organization(company.organization_id)
        flow = Flow.objects.get()
        assert [template(**{"1": "{{contact.first_name}}"})] == flow.steps
        assert 'value="{{contact.first_name}}"' in text(visitor.get(f"/flujos/{flow.pk}"))

    def test_says_who_is_suspended(self, company: Cast) -> None:
        """AC-4: editor, trial and log name whoever is skipped, being suspended."""
        flow = a_flow(company, people(company.bruno, company.alba))
        suspend_person(company.bruno.person_id, actor=company.admin, at=AT)
        write(a_whatsapp_account(admin=company.admin), a_text(a_phone()))
        sent = a_form(order=["0"], **{"kind-0": "assign_people", "to-0": [str(company.bruno.person_id)]})
        number, visitor = talk().pk, Visitor(company.admin)

        editor = text(visitor.get(f"/flujos/{flow.pk}"))
        tried = text(visitor.post("/flujos/probar", conversation=str(number), **sent))

        assert "Se omite mientras siga la suspensión: Bruno" in editor
        assert "Omitido por suspensión: Bruno" in editor
        assert "todas las personas que nombra están suspendidas" in tried

    def test_names_people_by_chips(self, company: Cast) -> None:
        """Somebody is added to a step, once, and taken out again."""
        visitor = Visitor(company.admin).by_htmx
        sent = every_step(company)

        added = text(visitor.post("/flujos/nuevo", step="put:0", **sent, **{"add-0": str(company.bruno.person_id)}))
        gone = text(visitor.post("/flujos/nuevo", step=f"out:0:{company.alba.person_id}", **sent))

        assert (2, 0) == (added.count('name="to-0"'), gone.count('name="to-0"'))

    def test_of_somebody_who_was_slower_keeps_their_words(self, company: Cast) -> None:
        """A flow that somebody changed meanwhile is not overwritten in silence."""
        flow = a_draft(company, tag("x"))

        answer = Visitor(company.admin).post(f"/flujos/{flow.pk}", **a_form(name="Mía", version="7"))

        assert (412, True) == (answer.status_code, "Mía" in text(answer))


class TestWhoMay:
    """`flows.view`, `flows.manage`."""

    def test_managers_look_and_agents_do_not(self, company: Cast) -> None:
        """INV-31: only an administrator writes, publishes, pauses and tries."""
        flow = a_flow(company, tag("x"))
        manager, stranger = Visitor(company.manager), Visitor(a_stranger().admin)

        assert (200, 403) == (
            manager.get(f"/flujos/{flow.pk}").status_code,
            Visitor(company.alba).get("/flujos").status_code,
        )
        for path in ("/flujos/nuevo", f"/flujos/{flow.pk}", f"/flujos/{flow.pk}/activo", "/flujos/probar"):
            assert 403 == manager.post(path, **a_form()).status_code
        assert (404, 404) == (
            stranger.get(f"/flujos/{flow.pk}").status_code,
            stranger.post(f"/flujos/{flow.pk}/activo", set="off").status_code,
        )


class TestList:
    """`/flujos`."""

    def test_shows_how_each_flow_stands(self, company: Cast) -> None:
        """Drafts, what is in force and what is paused are told apart; the sidebar leads here."""
        a_draft(company, tag("x"), name="Pendiente")
        paused = a_flow(company, tag("x"), name="Detenido")
        visitor = Visitor(company.admin)

        visitor.post(f"/flujos/{paused.pk}/activo", set="off")

        page = text(visitor.get("/flujos"))
        assert all(word in page for word in ("Pendiente", "Borrador", "Detenido", "En pausa", 'href="/flujos"'))


class TestTrial:
    """`/flujos/probar`."""

    def test_tells_each_step_and_writes_nothing(self, company: Cast) -> None:
        """AC-4: the draft in the editor is walked for a conversation; no run, message or tag comes of it."""
        write(a_whatsapp_account(admin=company.admin), a_text(a_phone()))
        number, visitor = talk().pk, Visitor(company.admin)

        offered = text(visitor.by_htmx.post("/flujos/probar", **every_step(company)))
        page = text(visitor.post("/flujos/probar", conversation=str(number), **every_step(company)))

        assert f'value="{number}"' in offered
        assert all(word in page for word in ("Habría empezado", "Alba", "Sur", "2 días", "no se cumple", "No, Cliente"))
        enter_organization(company.organization_id)
        assert 0 == Run.objects.count() + Flow.objects.count() + Message.objects.filter(direction="out").count()

    def test_of_a_flow_with_faults_says_them(self, company: Cast) -> None:
        """What cannot be published cannot be tried, and the reason is said."""
        page = text(Visitor(company.admin).post("/flujos/probar", **a_form(trigger="keyword")))

        assert "Escribe al menos una palabra" in page

    def test_of_a_strangers_conversation_is_nothing(self, company: Cast) -> None:
        """A conversation that the actor does not see is a 404."""
        assert 404 == Visitor(company.admin).post("/flujos/probar", conversation="9" * 12, **a_form()).status_code


class TestRuns:
    """What a flow did of late."""

    def test_are_shown_to_administrators(self, company: Cast) -> None:
        """The editor lists the latest runs with contact and what the last step came to; a manager sees none of it."""
        flow = a_flow(company, wait(2), trigger=STARTS)
        write(a_whatsapp_account(admin=company.admin), a_text("+573001112233"), at=AT)

        assert "Cliente 2233" in text(Visitor(company.admin).get(f"/flujos/{flow.pk}"))
        assert "Cliente 2233" not in text(Visitor(company.manager).get(f"/flujos/{flow.pk}"))
