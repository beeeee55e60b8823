"""Visits pages as somebody of the cast would, through Django's test client."""

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from reparto.people.enter_request import SESSION_KEY
from reparto.people.queries import find_person
from tests.quick_client import quick_client

HTMX = {"HX-Request": "true"}


@dataclass
class Visitor:
    """A signed-in browser."""

    actor: Actor
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def client(self) -> Client:
        """The browser, signed in when first used."""
        enter_organization(self.actor.organization_id)
        client = quick_client(headers={"accept-language": "es"})
        client.force_login(find_person(self.actor.person_id), backend="reparto.people.sign_in.SignIn")
        session = client.session
        session[SESSION_KEY] = self.actor.organization_id
        session.save()
        return client

    def get(self, path: str, **query: Any) -> HttpResponse:
        """Open a page."""
        return self.client.get(path, query_params=query or None, headers=self.headers)

    def post(self, path: str, **form: Any) -> HttpResponse:
        """Send a form."""
        return self.client.post(path, form, headers=self.headers)

    @property
    def by_htmx(self) -> "Visitor":
        """The same browser, asking for fragments."""
        again = Visitor(self.actor, {**self.headers, **HTMX})
        again.__dict__["client"] = self.client
        return again


#: What begins and ends a transaction is no question; in tests a savepoint stands for it.
OF_A_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")


def statements_of(visitor: Visitor, path: str, **form: Any) -> list[str]:
    """Return the statements that opening a page sends to the database, or sending a form."""
    assert visitor.client
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.post(path, **form) if form else visitor.get(path)
    assert 200 == answer.status_code
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(OF_A_TRANSACTION)]


def toast(response: HttpResponse) -> dict[str, Any]:
    """Return the toast that an answer carries."""
    return json.loads(response.headers.get("HX-Trigger", "{}")).get("toast", {})


def text(response: HttpResponse) -> str:
    """Return what an answer shows."""
    return response.content.decode()


def was_of(response: HttpResponse) -> str:
    """Return how a form was when its page was drawn, as the page sends it along."""
    found = re.search(r'name="was" value="([^"]*)"', text(response))
    assert found
    return unescape(found.group(1))
