"""
From the bearer token of a request to whoever acts; also a sign of life of that person.

Why a token was refused is never said.
"""

from typing import Any

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security.base import AuthBase

from reparto.assignment.welcome_back import welcome_back
from reparto.kit.clock import now
from reparto.people.authenticate_token import authenticate_token
from reparto.people.show_sign_of_life import show_sign_of_life

from .request import ApiRequest

SCHEME = "bearer"


class Bearer(AuthBase):
    """`Authorization: Bearer rep_pat_…`, as the OpenAPI document says it; `guard` has asked for it already."""

    openapi_type = "http"
    openapi_scheme = SCHEME

    def __call__(self, request: HttpRequest) -> Any:
        """Return whoever `guard` let in."""
        return getattr(request, "actor", None)


def authenticate(request: ApiRequest) -> None:
    """
    Put the actor and the instant on a request, inside the actor's organization.

    Raises:
        AuthenticationError: There is no token, or none that opens anything now.

    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    request.at, request.token = now(), token.strip()
    actor = authenticate_token(request.token, at=request.at) if scheme.lower() == SCHEME and request.token else None
    if actor is None:
        raise AuthenticationError
    request.actor = actor
    if show_sign_of_life(actor.person_id, at=request.at):
        # Back after a while: what waited for somebody may now be theirs.
        welcome_back(actor.organization_id, at=request.at)
