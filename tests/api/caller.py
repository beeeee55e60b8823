"""Calls the API as a program of somebody's would, through Django's test client."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpResponse

from reparto.kit.clock import now
from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from reparto.people.issue_token import issue_token
from tests.quick_client import quick_client


@dataclass(frozen=True)
class Said:
    """What the API answered."""

    status: int
    body: Any
    raw: bytes
    response: HttpResponse

    @property
    def codes(self) -> dict[str, str]:
        """Path → code of every fault."""
        return {fault["path"]: fault["code"] for fault in self.body["errors"]}


@dataclass
class Caller:
    """One program with one token; `headers` go with every request."""

    actor: Actor | None = None
    scopes: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def token(self) -> str:
        """Return the token, made when first needed, in the organization of its person."""
        if self.actor is None:
            return ""
        enter_organization(self.actor.organization_id)
        return issue_token(self.actor.person_id, name="tests", at=now(), scopes=self.scopes)

    def get(self, path: str, **query: Any) -> Said:
        """GET, with a query string."""
        return self.send("GET", path, query=query)

    def post(self, path: str, body: Any = None, **headers: str) -> Said:
        """POST JSON."""
        return self.send("POST", path, body, headers=headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Said:
        """PUT JSON."""
        return self.send("PUT", path, body, headers=headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Said:
        """PATCH JSON."""
        return self.send("PATCH", path, body, headers=headers)

    def delete(self, path: str, **headers: str) -> Said:
        """DELETE."""
        return self.send("DELETE", path, headers=headers)

    def send(
        self, method: str, path: str, body: Any = None, *, query: Any = None, headers: dict[str, str] | None = None
    ) -> Said:
        """Send one request; `if_match` becomes If-Match, and so on. Bytes go as they are."""
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        response = quick_client().generic(
            method,
            f"/api/v1{path}",
            content,
            content_type="application/json",
            headers={"Accept-Language": "es", **self.headers, **named},
            query_params=query,
        )
        is_json = bool(response.content) and "json" in response.headers.get("Content-Type", "")
        return Said(response.status_code, json.loads(response.content) if is_json else None, response.content, response)
