"""
Say whose a stream is, and note that they are there; asked at the beginning and at every beat.

Runs in a thread and gives its database connection back at once, so that an open stream holds none.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections, transaction
from django.http import HttpRequest

from reparto.assignment.welcome_back import welcome_back
from reparto.kit.tenancy import enter_organization
from reparto.people.enter_request import SESSION_KEY
from reparto.people.show_sign_of_life import show_sign_of_life


@dataclass(frozen=True, slots=True)
class Present:
    """A signed-in person of an organization."""

    organization_id: int
    person_id: int


def check_in(session_key: str, *, at: datetime) -> Present | None:
    """Return whose login session this is, and note their sign of life; None when it is nobody's (any more)."""
    try:
        with transaction.atomic():
            present = _find(session_key)
            # Whoever comes back after an absence may be given what waits for somebody like them.
            if present is not None and show_sign_of_life(present.person_id, at=at):
                welcome_back(present.organization_id, at=at)
            return present
    finally:
        connections.close_all()


def _find(session_key: str) -> Present | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    organization_id = request.session.get(SESSION_KEY)
    if organization_id is None:
        return None
    enter_organization(organization_id)
    # The same question that each page asks: the session's person, their password unchanged, not suspended.
    person = get_user(request)
    return Present(organization_id, person.pk) if person.is_authenticated else None
