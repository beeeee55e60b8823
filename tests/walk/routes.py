"""
Every door of the product: each method of each page, each operation of the API; found by asking the resolver.

A door that nobody walks through has to be named here with its reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from reparto.api.action import actions_of
from reparto.api.api import api
from reparto.web.page import OpenPage, Page

METHODS = ("get", "post", "put", "patch", "delete")
THINGS = ("contact_id", "conversation_id", "decision_id")
#: Doors without an action of ours: where its guard stands, and why none of the table is asked.
GUARDED_ELSEWHERE = {
    "allauth.": "the library asks for the sign-in; one's own account only",
    "django.views.generic.base": "a redirect to the sign-in",
    "reparto.intake.": "a hook asks for its own signature (INV-9)",
    "reparto.api.urls": "the one 404 of the API",
    "ninja.operation": "walked through as an operation of the API",
    "ninja.": "the OpenAPI document, open by intent",
    "functools": "the OpenAPI document, open by intent",
}


@dataclass(frozen=True)
class Door:
    """One method of one address."""

    name: str  #: of the route, or the address of the operation
    method: str
    path: str  #: "/contactos/{contact_id}/editar"
    actions: tuple[str, ...]
    schema: Any = None  #: of the body, for the API

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the address."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def about(self) -> str:
        """Which parameter names the contact, conversation or decision; none when it is about the organization."""
        return next((one for one in self.parameters if one in THINGS), "")

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def pages() -> list[Door]:
    """Return every method of every page that asks who it is."""
    found = []
    for path, view in _views():
        for method in METHODS:
            if hasattr(view, method):
                action = (view.post_action if method == "post" else "") or view.action
                found.append(Door(path.name or "", method.upper(), _template(path), (action,)))
    return found


def _views() -> Iterator[tuple[URLPattern, Any]]:
    for pattern in _patterns(get_resolver().url_patterns):
        view = getattr(pattern.callback, "view_class", None)
        if isinstance(view, type) and issubclass(view, Page):
            yield pattern, view


def _patterns(within: list[Any], before: str = "") -> Iterator[URLPattern]:
    for one in within:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, before + str(one.pattern))
        else:
            one.whole_path = before + str(one.pattern)
            yield one


def _template(pattern: Any) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern.whole_path)


def unguarded() -> list[str]:
    """Return the addresses that no page, no operation and no reason accounts for."""
    left = []
    for pattern in _patterns(get_resolver().url_patterns):
        view = getattr(pattern.callback, "view_class", None)
        if isinstance(view, type) and issubclass(view, (Page, OpenPage)):
            continue
        if not pattern.callback.__module__.startswith(tuple(GUARDED_ELSEWHERE)):
            left.append(pattern.whole_path)  # type: ignore[attr-defined]
    return left


def operations() -> list[Door]:
    """Return every operation of the API with the schema of its body."""
    document = api.get_openapi_schema(path_prefix="")
    found = []
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for one in view.operations:
                for method in one.methods:
                    said = document["paths"][_plain(path)][method.lower()]
                    schema = _resolved(_body(said), document)
                    found.append(
                        Door(f"{method} {_plain(path)}", method, _plain(path), actions_of(one.view_func), schema)
                    )
    return found


def _plain(path: str) -> str:
    return re.sub(r"{(?:\w+:)?(\w+)}", r"{\1}", path)


def _body(said: dict[str, Any]) -> Any:
    content = said.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("schema")


def _resolved(schema: Any, document: Any, within: tuple[str, ...] = ()) -> Any:
    """Return a schema with what it refers to in place of the reference; what holds itself again, only once."""
    if isinstance(schema, list):
        return [_resolved(one, document, within) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return {} if name in within else _resolved(document["components"]["schemas"][name], document, (*within, name))
    return {name: _resolved(value, document, within) for name, value in schema.items()}
