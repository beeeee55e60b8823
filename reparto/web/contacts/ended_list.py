"""The contacts that went around everybody and wait for a supervisor: no rule touches them until somebody acts."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.assignment.models import Round
from reparto.assignment.standing_rounds import ended_rounds
from reparto.assignment.who_had import who_had
from reparto.people.models import Person
from reparto.people.permissions import may
from reparto.people.queries import find_people
from reparto.rules.queries import all_rules

from ..page import Page
from .owner_cell import owner_cell

ROWS = 50


class EndedList(Page):
    """`/reglas/sin-respuesta`; `?antes=<id>` for older ones."""

    action: ClassVar[str] = "rules.view"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, latest first."""
        written = request.GET.get("antes", "")
        rounds = ended_rounds(self.actor)
        if written.isdecimal() and len(written) < 19:
            rounds = rounds.filter(pk__lt=int(written))
        found = list(rounds[: ROWS + 1])
        names = dict(all_rules().values_list("id", "description"))
        had = who_had([row.contact_id for row in found])
        people = {one.pk: one for one in find_people({person for one in had.values() for person in one})}
        context = {
            "rows": [
                self._row(row, names, [people[one] for one in had[row.contact_id] if one in people])
                for row in found[:ROWS]
            ],
            "older": found[ROWS - 1].pk if len(found) > ROWS else None,
            "may_edit": may(self.actor, "rules.manage"),
            "tab": "ended",
        }
        return self.show("rules/ended.html", context)

    def _row(self, row: Round, names: dict[int, str], had: list[Person]) -> dict[str, Any]:
        return {
            "contact": row.contact,
            "cell": owner_cell(row.contact, self.actor),
            "rule": names.get(row.rule_id, ""),
            "missed": had,
            "at": row.at,
        }
