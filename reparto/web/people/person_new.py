"""Add a person; the answer shows the link that they sign in with first, once."""

from dataclasses import fields
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reparto.kit.faults import Invalid
from reparto.people.add_person import add_person
from reparto.people.invite_person import invite_person
from reparto.people.person_draft import PersonDraft

from ..ask import faults_by_path
from ..page import Page
from .person_form import ask_person, empty_form, read_person_form
from .show_grants import show_grants


class PersonNew(Page):
    """`/agentes/nueva`."""

    action: ClassVar[str] = "people.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._ask(empty_form(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add and invite."""
        values = read_person_form(request.POST)
        known = {field.name for field in fields(PersonDraft)}
        draft = PersonDraft(**{name: value for name, value in values.items() if name in known})
        try:
            person = add_person(draft, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(values, invalid)
        url = invite_person(person.pk, at=self.at, actor=self.actor)
        return self.show(
            "people/invited.html", {"person": person, "link": url, "mailed": bool(settings.MAILERS), "fresh": True}
        )

    def _ask(self, values: dict[str, Any], invalid: Invalid | None) -> HttpResponse:
        faults = faults_by_path(invalid)
        context = {"fields": ask_person(values, faults), "tab": "people", **show_grants(values["grants"], faults)}
        return self.show("people/new.html", context, status=422 if invalid else 200)
