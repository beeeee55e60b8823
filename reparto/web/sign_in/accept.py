"""
Use an invitation: see whom it is for, say one's name, choose a password, be signed in.

Looking changes nothing: mail programs open links before people do.
"""

from collections.abc import Mapping
from typing import ClassVar

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.kit.organizations import this_organization
from reparto.people.accept_invitation import UnknownInvitation, accept_invitation, find_invited
from reparto.people.enter_request import SESSION_KEY
from reparto.people.models import Person

from ..ask import Ask, faults_by_path
from ..page import OPEN, OpenPage


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class AcceptInvitation(OpenPage):
    """`/invitations/<key>/`."""

    action: ClassVar[str] = OPEN

    def dispatch(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Answer; a link that cannot be used says so in words, whatever was wrong with it (INV-37)."""
        try:
            return super().dispatch(request, key)
        except UnknownInvitation:
            return render(request, "sign_in/invitation_gone.html", status=404)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask for name and password."""
        person = find_invited(key, at=now())
        return self._ask(request, person, name=known_name(person))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keep name and password and sign in; two-step sign-in, where it is on, is still asked."""
        person = find_invited(key, at=now())
        translation.activate(person.language)
        name = request.POST.get("name")
        try:
            accepted = accept_invitation(key, password=request.POST.get("password", ""), name=name, at=now())
        except Invalid as invalid:
            return self._ask(request, person, name=name or "", invalid=invalid)
        # Whoever was signed in here before is not any more; the next steps need the invited one's organization.
        request.session.flush()
        request.session[SESSION_KEY] = accepted.organization_id
        answer: HttpResponse = perform_login(request, accepted, email_verification="none", redirect_url=reverse("home"))
        return answer

    def _ask(self, request: HttpRequest, person: Person, *, name: str, invalid: Invalid | None = None) -> HttpResponse:
        faults = faults_by_path(invalid)
        with translation.override(person.language):
            context = {
                "person": person,
                "name": known_name(person),
                "organization": this_organization(),
                "asked_name": [_name(name, faults)],
                "asked_password": [_password(faults, autofocus=bool(name))],
            }
            return render(request, "sign_in/accept.html", context, status=422 if invalid else 200)


def known_name(person: Person) -> str:
    """Return how they are called, as far as somebody has said it: a first administrator has their e-mail only."""
    return "" if person.name == person.email.partition("@")[0] else person.name


def _name(name: str, faults: Mapping[str, str]) -> Ask:
    return Ask(
        "name",
        gettext("Your name"),
        name,
        hint=gettext("First name and surname, as your colleagues and contacts will read it."),
        error=faults.get("name", ""),
        required=True,
        autocomplete="name",
        autofocus=not name,
    )


def _password(faults: Mapping[str, str], *, autofocus: bool) -> Ask:
    return Ask(
        "password",
        gettext("Password"),
        type="password",
        hint=gettext("At least 10 characters. A sentence that only you would say is a good one."),
        error=faults.get("password", ""),
        required=True,
        autocomplete="new-password",
        autofocus=autofocus,
    )
