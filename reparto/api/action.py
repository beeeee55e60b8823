"""
Say which action of `people.permissions` an endpoint is; whoever may do one of them may come in.

A route that names none fails a test. On a contact or a conversation only the token's scopes are asked here: how the
thing stands to the actor is the verb's question, after it was found, so that nobody learns what exists.
"""

from collections.abc import Callable, Iterable
from typing import Any

from reparto.people.actor import Actor
from reparto.people.permissions import ON_ORGANIZATION, NotAllowed, in_scope, may


def action[View: Callable[..., Any]](*names: str) -> Callable[[View], View]:
    """Mark an endpoint with its actions; any of them opens it."""

    def mark(view: View) -> View:
        view.actions = names  # type: ignore[attr-defined]
        return view

    return mark


def actions_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return the actions of an endpoint; none when nobody named them."""
    named: tuple[str, ...] = getattr(view, "actions", ())
    return named


def check_any(actor: Actor, names: Iterable[str]) -> None:
    """Raise NotAllowed unless one of the actions is open to the actor; nothing named opens nothing."""
    refused = ""
    for name in names:
        if may(actor, name) if name in ON_ORGANIZATION else in_scope(actor, name):
            return
        refused = refused or name
    raise NotAllowed(refused)
