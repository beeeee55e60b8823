"""How far the handing over of somebody's work is: the card on their page, kept live."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reparto.assignment.queries import last_handover
from reparto.contacts.lock_contacts_of import count_contacts_of
from reparto.conversations.lock_work_of import work_by_account
from reparto.people.models import Person
from reparto.people.queries import find_people, find_person

from ..page import Page


class PersonHandover(Page):
    """`/agentes/<id>/traspaso`."""

    action: ClassVar[str] = "people.manage"

    def get(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Show the card."""
        person = find_person(person_id)
        return self.show_part("people/handover.html", {"handover": show_handover(person)})


def show_handover(person: Person) -> dict[str, Any] | None:
    """Return the latest job with its heir, and whether a suspended person still has something; None: nothing to say."""
    job = last_handover(person.pk)
    left = count_contacts_of(person.pk) + sum(count for *_, count in work_by_account(person.pk))
    if person.suspended_at is None or (job is None and not left):
        return None
    heirs = find_people([job.heir_id]) if job is not None and job.heir_id is not None else []
    return {
        "job": job,
        "heir": heirs[0] if heirs else None,
        "left": left,
        "url": reverse("person_handover", args=[person.pk]),
        "again": reverse("person_suspend", args=[person.pk]),
        "person": person,
    }
