"""One person: what they are, may and receive; suspension and a new sign-in link."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.read_bench import read_bench
from reparto.assignment.refusal_by_hand import refusal_by_hand
from reparto.channels.queries import all_accounts, modes_of
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.people.edit_person import edit_person
from reparto.people.models import Person
from reparto.people.queries import find_person
from reparto.people.remove_second_step import has_second_step
from reparto.people.revoke_invitation import open_invitation
from reparto.people.schedule_of import absences_of, hours_of

from ..ask import faults_by_path
from ..page import Page
from ..say_refusal import say_refusal
from .change_desk import change_desk
from .person_form import ask_person, form_of_person, read_person_form
from .person_handover import show_handover
from .show_grants import show_grants
from .show_modes import mode_labels


class PersonPage(Page):
    """`/agentes/<id>`."""

    action: ClassVar[str] = "people.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Show the person."""
        person = find_person(person_id)
        return self._ask(person, form_of_person(person))

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Save what was changed; the grants are those of the form, all of them."""
        person = find_person(person_id)
        values = read_person_form(request.POST)
        version = request.POST.get("version", "")
        try:
            change_desk(
                lambda: edit_person(
                    person_id,
                    values,
                    actor=self.actor,
                    at=self.at,
                    if_version=int(version) if version.isdecimal() and len(version) < 9 else None,
                ),
                actor=self.actor,
                at=self.at,
            )
        except Invalid as invalid:
            return self._ask(person, values, invalid=invalid)
        except StaleVersion:
            return self._ask(find_person(person_id), values, stale=True)
        return self.done(gettext("«%(name)s» is saved.") % {"name": values["name"]}, to=reverse("people"))

    def _ask(
        self, person: Person, values: dict[str, Any], *, invalid: Invalid | None = None, stale: bool = False
    ) -> HttpResponse:
        modes, labels = modes_of(person.pk), mode_labels()
        accounts = [(account.name, labels[modes.get(account.pk, "disabled")]) for account in all_accounts()]
        context = {
            "person": person,
            "fields": ask_person(values, faults_by_path(invalid)),
            "accounts": accounts,
            "skipped": say_refusal(refusal_by_hand(person.pk, read_bench(at=self.at))),
            **show_grants(values["grants"], faults_by_path(invalid)),
            "stale": stale,
            "stretches": hours_of(person.pk).count(),
            "leave": absences_of(person.pk, after=self.at).first(),
            "handover": show_handover(person),
            "invitation": open_invitation(person, at=self.at),
            "second_step": person.pk != self.actor.person_id and has_second_step(person),
            "new_here": not person.has_usable_password(),
            "tab": "people",
        }
        return self.show("people/person.html", context, status=412 if stale else 422 if invalid else 200)
