"""UP by page: an administrator writes rules in the editor, and they decide."""

import re
from datetime import timedelta
from typing import Any

import pytest

from reparto.assignment.models import Decision
from reparto.kit.models import Organization
from reparto.kit.tenancy import enter_organization
from reparto.rules.models import Rule, Template
from reparto.rules.queries import all_rules
from tests.cast import AT, Cast, a_company, a_rule
from tests.people.mail_server import MailServer
from tests.rows.late import a_contact, owner_of, sweep
from tests.rows.test_up7_figures import history
from tests.rows.web_leads import a_web_form, fill_in, owners_of, send_mails
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text

#: The editor's words of a condition, between `·?` and `·;`.
ALL, CONDITION, END, CLOSE = ("·(", "all"), "·?", "·;", "·)"


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def save(cast: Cast, *people: Any, rule: Rule | None = None, **more: Any) -> Rule:
    """Save a rule in the editor; return it as it is kept."""
    url = f"/reglas/{rule.pk}" if rule else "/reglas/nueva"
    form = a_form(*people, **{"tags": "", **more}) | ({"version": rule.version} if rule else {})
    assert 302 == Visitor(cast.admin).client.post(url, form).status_code
    enter_organization(cast.organization_id)
    return all_rules().get(pk=rule.pk) if rule else all_rules().latest("id")


class TestByPage:
    def test_who_may(self, cast: Cast) -> None:
        """UP-1: manager and agent open no editor and save, switch, order and delete nothing."""
        rule = a_rule(cast.alba, admin=cast.admin)
        acts: tuple[tuple[str, dict[str, Any]], ...] = (
            ("/reglas/nueva", a_form(cast.bruno)),
            (f"/reglas/{rule.pk}", a_form(cast.bruno)),
            (f"/reglas/{rule.pk}/activa", {}),
            (f"/reglas/{rule.pk}/eliminar", {}),
            ("/reglas/orden", {"order": [rule.pk]}),
        )
        said = [
            Visitor(one).client.post(path, form).status_code for one in (cast.manager, cast.alba) for path, form in acts
        ]
        before = (rule.version, rule.active)
        rule.refresh_from_db()

        assert {403} == set(said)
        assert ([rule.pk], before) == ([one.pk for one in all_rules()], (rule.version, rule.active))
        assert [403, 403] == [Visitor(one).get("/reglas/nueva").status_code for one in (cast.manager, cast.alba)]

    def test_the_basic_edition(self, cast: Cast) -> None:
        """UP-2: every criterion but turns is shown, disabled, with the reason; sent by force it is refused beside it."""
        Organization.objects.filter(pk=cast.organization_id).update(edition="basic")
        admin = Visitor(cast.admin)
        shown = text(admin.get("/reglas/nueva"))
        forced = admin.client.post("/reglas/nueva", a_form(cast.alba, strategy="close_rate"))

        assert 4 == len(re.findall(r'name="strategy"[^>]* disabled', shown))
        assert "No está en la edición básica" in shown
        assert (422, 0) == (forced.status_code, all_rules().count())
        assert "round_robin" == save(cast, cast.alba).strategy

    def test_the_order(self, cast: Cast) -> None:
        """UP-3: the list shows all in their order; the first that fits decides, and another one once it is moved up."""
        form = a_web_form(cast)
        one, two = (save(cast, person, description=f"Para {person.name}") for person in (cast.alba, cast.bruno))
        first = fill_in(form)
        Visitor(cast.admin).post("/reglas/orden", order=[one.pk, two.pk], move=f"{two.pk}:up")
        second = fill_in(form)
        shown = text(Visitor(cast.admin).get("/reglas"))

        assert [cast.alba.person_id, cast.bruno.person_id] == [first.owner_id, second.owner_id]
        assert shown.index("Para Bruno") < shown.index("Para Alba")

    def test_what_a_rule_has(self, cast: Cast) -> None:
        """UP-4: what is saved is shown again; a rule for clients or a paused one leaves prospects without anybody."""
        form, rule = a_web_form(cast), save(cast, cast.alba, description="Leads de la web", if_nobody="wait")
        shown = text(Visitor(cast.admin).get(f"/reglas/{rule.pk}"))
        owners = [fill_in(form).owner_id]
        rule = save(cast, cast.alba, rule=rule, entity="client")
        owners.append(fill_in(form).owner_id)
        rule = save(cast, cast.alba, rule=rule)
        Visitor(cast.admin).post(f"/reglas/{rule.pk}/activa")
        owners.append(fill_in(form).owner_id)

        assert [cast.alba.person_id, None, None] == owners
        assert "Leads de la web" in shown
        assert all(f'value="{one}"' in shown for one in ("prospect", "web_integration", "round_robin", "wait"))

    def test_rules_that_wait(self, cast: Cast) -> None:
        """UP-5: a type that waits is written with its time, and moves what is late; ¿Por qué? of the contact says so."""
        rule = save(cast, cast.bruno, trigger="no_first_followup", amount="2", unit="hours", clock="calendar")
        contact = a_contact(cast)
        sweep(cast, at=AT + timedelta(hours=3))

        assert ("no_first_followup", cast.bruno.person_id) == (rule.trigger, owner_of(contact))
        why = Visitor(cast.admin).get(f"/decisiones/{Decision.objects.latest('id').pk}")
        assert "Norte primero" in text(why)

    def test_an_ordered_choice_of_people_and_groups(self, cast: Cast) -> None:
        """UP-6: people in the order in which they were chosen, then whoever is in the group, each once a round."""
        chosen = [f"p{cast.carla.person_id}", f"p{cast.bruno.person_id}", f"g{cast.north_id}"]
        save(cast, to=chosen, weight=["1"] * 3)
        carla, bruno, alba = (one.person_id for one in (cast.carla, cast.bruno, cast.alba))

        assert [carla, bruno, alba, carla] == owners_of(a_web_form(cast), 4)

    @pytest.mark.parametrize("strategy", ["round_robin", "close_rate", "followup_speed"])
    def test_the_criteria(self, cast: Cast, strategy: str) -> None:
        """UP-7: turns go as chosen; closing most and following up soonest each begin with whoever does it best."""
        history(cast, cast.alba.person_id, sold=1, received=8, hours=9)
        history(cast, cast.bruno.person_id, sold=7, received=8, hours=1)
        save(cast, cast.alba, cast.bruno, strategy=strategy)
        turns = [cast.alba.person_id, cast.bruno.person_id]

        assert (turns if strategy == "round_robin" else turns[::-1]) == owners_of(a_web_form(cast), 2)

    def test_tags_and_the_mail(self, cast: Cast, server: MailServer) -> None:
        """UP-8, UP-9: the profile of whom a rule assigned has its tags, and the person who received gets the mail."""
        template = {"name": "Te toca", "subject": "Nuevo: {{contact.name}}", "body": "Hola, {{agent.name}}."}
        Visitor(cast.admin).post("/ajustes/plantillas-de-correo", **template)
        save(cast, cast.alba, tags="Web, Flota", template=str(Template.objects.get().pk))
        contact = fill_in(a_web_form(cast), "Íñigo")
        send_mails(cast)

        shown = text(Visitor(cast.alba).get(f"/contactos/{contact.pk}"))
        assert "Web" in shown
        assert "Flota" in shown
        (mail,) = server.arrived
        assert ("Nuevo: Íñigo", "Hola, Alba.") == (mail["Subject"], mail.get_content().strip())

    def test_filters_over_fields(self, cast: Cast) -> None:
        """UP-10: fields of the contact and the company's own, mixed in the editor, decide whom a rule is for."""
        Visitor(cast.admin).post("/ajustes/campos", label="Ruta", type="text")
        either = ("·(", "any", CONDITION, "custom.ruta", "is", "sur", END, CONDITION, "name", "is", "Ana", END, CLOSE)
        save(cast, cast.alba, f=[*ALL, CONDITION, "source", "is", "Feria", END, *either, CLOSE])
        form = a_web_form(cast)
        leads = [
            fill_in(form, source="Feria", ruta="SUR"),
            fill_in(form, "Ana", source="feria"),
            fill_in(form, source="Feria", ruta="Norte"),
            fill_in(form, source="Web", ruta="Sur"),
        ]

        alba = cast.alba.person_id
        assert [alba, alba, None, None] == [one.owner_id for one in leads]
