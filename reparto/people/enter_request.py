"""
Give each request one transaction, inside the organization of whoever is signed in.

It decides no permission; a request that ends in a refusal leaves nothing behind.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from reparto.kit.tenancy import enter_organization

#: Where the login session keeps its organization; written by `sign_in.Adapter`.
SESSION_KEY = "organization_id"
#: A refused or failed request changes nothing (INV-34).
REFUSED = 400


class EnterRequest:
    """Middleware: begin, enter, answer, commit or roll back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request inside its transaction; the answer leaves only after the commit."""
        with transaction.atomic():
            organization_id = request.session.get(SESSION_KEY)
            if organization_id is not None:
                enter_organization(organization_id)
            response = self.get_response(request)
            # A view that has undone its own effects, and keeps only the answer for whoever asks again, says so.
            if response.status_code >= REFUSED and not getattr(response, "refusal_is_settled", False):
                transaction.set_rollback(True)
        return response
