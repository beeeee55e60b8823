"""
Add an account: a WhatsApp number, a mailbox, a web form or a phone line.

Nobody receives on it until `set_mode` says so (AD-7).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.door import hang_door
from reparto.kit.faults import Faults
from reparto.kit.read_choice import read_choice, read_integer
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import known_groups

from .account_settings import KINDS, show_settings, write_settings
from .models import Account

NAME_LIMIT = 200
MOST_EFFORT = 100
#: A call takes somebody whole; the others one.
EFFORTS = {"phone": 3}


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account to be added."""

    kind: str
    name: str
    group_id: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    effort: int | None = None  #: what each conversation takes of a capacity; None: the kind's own


def add_account(draft: AccountDraft, *, actor: Actor, at: datetime) -> Account:
    """
    Add an account with a hook key of its own.

    Raises:
        NotAllowed: The actor does not manage accounts.
        Invalid: Something is wrong with the draft; `missing_secret` when deliveries could not be verified.

    """
    check(actor, "accounts.manage")
    account = _read(draft, actor, at)
    account.save(force_insert=True)
    hang_door(
        "hook",
        f"{account.kind}:{account.key}",
        organization_id=actor.organization_id,
        target_id=account.pk,
    )
    record_audit(
        actor.person_id,
        "account.add",
        object_kind="account",
        object_id=account.pk,
        before=None,
        after=show_account(account),
        at=at,
    )
    return account


def read_effort(raw: object, *, faults: Faults) -> int:
    """Return an effort; nothing is none at all."""
    return read_integer(raw, path="effort", least=0, most=MOST_EFFORT, faults=faults)


def show_account(account: Account) -> dict[str, Any]:
    """Return an account as the audit keeps it, secrets masked."""
    return {
        "kind": account.kind,
        "name": account.name,
        "group_id": account.group_id,
        "active": account.active,
        "effort": account.effort,
        "settings": show_settings(account),
    }


def _read(draft: AccountDraft, actor: Actor, at: datetime) -> Account:
    faults = Faults()
    kind = read_choice(draft.kind, path="kind", choices=tuple(KINDS), faults=faults)
    name = read_line(draft.name, path="name", limit=NAME_LIMIT, faults=faults)
    if draft.group_id not in known_groups([draft.group_id]):
        faults.add("group_id", "unknown_group", gettext("There is no such group."))
    account = Account(
        organization_id=actor.organization_id,
        kind=kind,
        name=name,
        group_id=draft.group_id,
        effort=EFFORTS.get(kind, 1) if draft.effort is None else read_effort(draft.effort, faults=faults),
        key=secrets.token_urlsafe(24),
        created_at=at,
    )
    if kind:
        write_settings(account, draft.settings, faults=faults)
    faults.check()
    return account
