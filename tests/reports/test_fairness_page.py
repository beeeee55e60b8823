"""Load and fairness as it is shown: what the page says, who may open it, and what leaves as a file (BY-35, HU-5)."""

import csv
import re

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Waiting
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.people.models import Person
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.rules.delete_rule import delete_rule
from reparto.rules.edit_rule import edit_rule
from tests.api.caller import Caller
from tests.cast import a_phone
from tests.reports.busy_day import Day, a_busy_day, report
from tests.road import a_text, write
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
#: The day on which all of it happened.
DAYS = {"period": "custom", "since": "2026-11-17", "until": "2026-11-17"}


@pytest.fixture
def day() -> Day:
    """The company and its day."""
    return a_busy_day()


class TestRules:
    def test_are_called_what_they_are_called_now_and_what_is_deleted_says_so(self, day: Day) -> None:
        """BY-9: a renamed rule goes by its new name, whoever of its people left; one that is gone by its last name."""
        admin, bruno = day.cast.admin, {"person_id": day.cast.bruno.person_id}
        edit_rule(day.turns_id, {"description": "Ronda nueva"}, actor=admin, at=day.end)
        edit_rule(day.weights_id, {"description": "Ya sin peso", "assign_to": [bruno]}, actor=admin, at=day.end)
        show_sign_of_life(bruno["person_id"], at=day.end)
        set_availability(bruno["person_id"], status="available", actor=day.cast.bruno, at=day.end)
        write(Account.objects.latest("id"), a_text(a_phone(), at=day.end), at=day.end)
        delete_rule(day.weights_id, actor=admin, at=day.end)

        said = Caller(admin).get("/reports/fairness", **DAYS).body["rules"]
        shown = text(Visitor(admin).get("/carga-y-equidad", **DAYS))

        assert {(day.turns_id, "Ronda nueva", False), (day.weights_id, "Ya sin peso", True)} == {
            (one["rule_id"], one["description"], one["deleted"]) for one in said
        }
        assert f'href="/reglas/{day.turns_id}"' in shown
        assert f'href="/reglas/{day.weights_id}"' not in shown
        assert shown.index("Ya sin peso") < shown.index("eliminada")


class TestThePage:
    def test_shows_what_the_rows_say(self, day: Day) -> None:
        """BY-9, BY-35, HU-5: numbers, people with their difference, hours with their table, and what needs attention."""
        marta = Visitor(day.cast.manager)
        shown = text(marta.get("/carga-y-equidad", **DAYS))
        hers = report(day, as_manager=True)

        assert "últimos 7 días" in text(marta.get("/carga-y-equidad"))
        assert "17/11/2026 – 17/11/2026" in shown
        for one in hers.people:
            assert one.person.name in shown
            assert f"{one.person.name} no está disponible y tiene una carga de trabajo de {one.open}." in shown
            assert f'<td class="r num med">{one.received}</td>' in shown
        assert "Carla" not in shown
        assert "Por turno" in shown
        assert 'class="columns"' in shown
        assert shown.count("<details") == 1 + len(hers.rules)
        assert "1 conversación espera a alguien hace más de 10 minutos." in shown
        assert "<script>" not in shown
        assert "style=" not in shown

    def test_names_the_oldest_without_owner_and_the_oldest_in_the_queue(self, day: Day) -> None:
        """BY-35: the first to arrive of those without anybody need not wait for a rule; page and API say which is which."""
        waits = Waiting.objects.get()
        free = Contact.objects.filter(owner__isnull=False).order_by("id")[0]
        assign_by_hand(free.pk, owner_id=None, actor=day.cast.admin, at=day.end)
        shown = text(Visitor(day.cast.admin).get("/carga-y-equidad"))
        said = Caller(day.cast.admin).get("/reports/fairness").body["now"]

        assert re.search(rf'href="/contactos/{free.pk}">El más antiguo llegó el 17 nov', shown)
        assert re.search(
            rf'href="/bandeja/{waits.conversation_id}">En la cola, el más antiguo espera desde 17 nov', shown
        )
        assert (2, free.pk) == (said["contacts_without_owner"], said["oldest_without_owner_id"])
        assert (1, waits.contact_id) == (said["waiting"], said["oldest_contact_id"])
        assert said["oldest_without_owner_created_at"] < said["oldest_since"]

    def test_is_for_those_who_lead(self, day: Day) -> None:
        """LG-1: in a manager's sidebar, not in an agent's; an agent is refused, and a wrong period is said."""
        link = "/carga-y-equidad"
        wrong = text(Visitor(day.cast.admin).get(link, since="2026-11-17", until="2026-11-01"))
        unread = text(Visitor(day.cast.admin).get(link, since="ayer", until="2026-11-01"))

        assert f'href="{link}"' in text(Visitor(day.cast.manager).get("/contactos"))
        assert f'href="{link}"' not in text(Visitor(day.cast.alba).get("/contactos"))
        assert 403 == Visitor(day.cast.alba).get(link).status_code
        assert 404 == Visitor(day.cast.manager).get(link, group=day.cast.south_id).status_code
        assert 403 == Visitor(day.cast.alba).get(f"{link}.csv").status_code
        assert "Hasta: No puede terminar antes de empezar." in wrong
        assert "Desde: Escribe un día." in unread

    def test_is_exported_as_it_is_shown(self, day: Day) -> None:
        """BY-35, UX-14: a line each person of the period, as a Spanish spreadsheet reads it; a name is no formula."""
        Person.objects.filter(pk=day.cast.alba.person_id).update(name="=1+1")
        file = Visitor(day.cast.admin).get("/carga-y-equidad.csv", **DAYS)
        lines = list(csv.DictReader(file.content.decode("utf-8-sig").splitlines(), delimiter=";"))

        assert "carga-y-equidad-2026-11-17-2026-11-17.csv" in file.headers["Content-Disposition"]
        assert [
            ("'=1+1" if one.person.pk == day.cast.alba.person_id else one.person.name, str(one.received))
            for one in sorted(report(day).people, key=lambda one: (-one.received, one.person.name))
        ] == [(line["Persona"], line["Recibió"]) for line in lines]
        assert all(line["Le toca"].count(",") == 1 for line in lines if line["Recibió"] != "0")
