"""
Make an API token of a person; it is shown once and kept as a hash only (INV-37).

It widens nothing: a token acts with its person's permissions, narrowed by its scopes.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.clock import now
from reparto.kit.door import hang_door, open_door
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

from .models import Token
from .permissions import ON_ORGANIZATION, ON_THINGS
from .queries import UnknownPerson, find_person

PREFIX = "rep_pat_"
ACTIONS = frozenset({*ON_THINGS, *ON_ORGANIZATION})
#: An action, or all actions of one kind: `contact.view`, `contact`.
SCOPES = ACTIONS | {action.split(".")[0] for action in ACTIONS}


def issue_token(
    person_id: int, *, name: str, at: datetime, scopes: Iterable[str] = (), expires_at: datetime | None = None
) -> str:
    """
    Return a new token; no scopes means all that the person may.

    Raises:
        UnknownPerson: There is no such person here, or they are suspended.
        Invalid: The name or a scope cannot be used.

    """
    person = find_person(person_id)
    if person.suspended_at is not None:
        raise UnknownPerson(f"Person {person_id} is suspended; reactivate them first.")
    name, wanted = _read(name, scopes)
    token = Token(
        organization_id=person.organization_id,
        person=person,
        name=name,
        scopes=wanted,
        created_at=at,
        expires_at=expires_at,
    )
    token.save(force_insert=True)
    text = PREFIX + secrets.token_urlsafe(32)
    hang_door("token", text, organization_id=person.organization_id, target_id=token.pk, expires_at=expires_at)
    after = {"name": name, "scopes": wanted, "person_id": person_id}
    record_audit(person_id, "token.issue", object_kind="token", object_id=token.pk, before=None, after=after, at=at)
    return text


def issue_token_for_email(*, email: str, name: str, scopes: Iterable[str] = (), at: datetime | None = None) -> str:
    """
    Return a new token of whoever signs in with an e-mail, in a transaction of its own (for the command line).

    Raises:
        UnknownPerson: Nobody signs in with it.
        Invalid: The name or a scope cannot be used.

    """
    at = at or now()
    with transaction.atomic():
        behind = open_door("email", email.strip().lower(), at=at)
        if behind is None:
            raise UnknownPerson(f"Nobody signs in as {email}.")
        return issue_token(behind.target_id, name=name, scopes=scopes, at=at)


def _read(name: str, scopes: Iterable[str]) -> tuple[str, list[str]]:
    faults = Faults()
    name = read_line(name, path="name", limit=200, faults=faults)
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            sentence = gettext("There is no scope %(scope)s.")
            faults.add("scopes", "unknown_scope", sentence % {"scope": scope[:60]})
    faults.check()
    return name, wanted
