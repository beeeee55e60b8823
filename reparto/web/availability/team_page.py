"""The people whom one leads: who is there, since when not, until when away, and how much each carries (LG-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.queries import loads_of
from reparto.people.models import Person
from reparto.people.queries import assignable_people, last_signs_of_life

from ..page import Page


class TeamPage(Page):
    """`/disponibilidad`."""

    action: ClassVar[str] = "availability.others"
    section: ClassVar[str] = "team"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, those who receive first."""
        people = sorted(assignable_people(self.actor), key=lambda one: not one.receives)
        context = {"rows": _rows(people), "here": sum(one.availability == "available" for one in people)}
        if self.by_htmx:
            return self.show_part("availability/team.html#room", context)
        return self.show("availability/team.html", context)


def _rows(people: Sequence[Person]) -> list[dict[str, Any]]:
    ids = [person.pk for person in people]
    loads, seen = loads_of(ids), last_signs_of_life(ids)
    return [
        {
            "person": person,
            "load": loads.get(person.pk, 0),
            "seen_at": seen.get(person.pk),
            "receives": person.receives,
            "menu": {
                "availability": person.availability,
                "load": loads.get(person.pk, 0),
                "reassign_replies": person.reassign_replies,
            },
        }
        for person in people
    ]
