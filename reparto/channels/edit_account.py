"""
Change an account: name, group, settings, whether it is in use.

Its kind and its hook key never change.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.read_choice import read_flag
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import known_groups

from .account_settings import write_settings
from .add_account import NAME_LIMIT, read_effort, show_account
from .models import Account
from .queries import lock_account
from .recall_account import forget_account


def edit_account(
    account_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Account:
    """
    Change the fields that are given; of `settings`, those that are given.

    Raises:
        NotAllowed: The actor does not manage accounts.
        UnknownAccount: There is no such account here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: Something is wrong with the changes; has all faults.

    """
    check(actor, "accounts.manage")
    account = lock_account(account_id)
    check_version(account.version, if_version)
    before = show_account(account)
    faults = Faults()
    for field, given in changes.items():
        _change(account, field, given, faults)
    faults.check()
    account.version += 1
    account.save()
    forget_account(account)
    record_edit(
        actor.person_id,
        "account.edit",
        object_kind="account",
        object_id=account.pk,
        states=(before, show_account(account)),
        at=at,
    )
    return account


def _change(account: Account, field: str, given: Any, faults: Faults) -> None:
    match field:
        case "name":
            account.name = read_line(given, path="name", limit=NAME_LIMIT, faults=faults)
        case "group_id" if given in known_groups([given]):
            account.group_id = given
        case "group_id":
            faults.add("group_id", "unknown_group", gettext("There is no such group."))
        case "active":
            account.active = read_flag(given, path="active", faults=faults)
        case "effort":
            account.effort = read_effort(given, faults=faults)
        case "settings":
            write_settings(account, given, faults=faults)
        case _:
            faults.add(field, "unknown_field", gettext("There is no such field."))
