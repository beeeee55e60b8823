"""
The account behind a hook's key with its settings, kept in memory for moments: a busy hook asks all the time.

It remembers no refusal: a key that leads nowhere is looked up each time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reparto.kit.tenancy import enter_organization

from .account_settings import read_settings
from .models import Account
from .queries import account_by_key

#: As long as another process may go on with a secret that was changed, or an account that was switched off.
MEMORY = timedelta(seconds=2)
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Recalled:
    """An account as a hook needs it, secrets readable."""

    account: Account
    settings: dict[str, Any]
    until: datetime


_remembered: dict[tuple[str, str], Recalled] = {}


def recall_account(kind: str, key: str, *, at: datetime) -> Recalled | None:
    """Enter the organization of the account behind a key and return it; None when there is none in use."""
    recalled = _remembered.get((kind, key))
    if recalled is not None and at < recalled.until:
        enter_organization(recalled.account.organization_id)
        return recalled
    account = account_by_key(kind, key, at=at)
    if account is None:
        _remembered.pop((kind, key), None)
        return None
    if len(_remembered) >= MOST:
        _remembered.clear()
    recalled = _remembered[kind, key] = Recalled(account, read_settings(account), at + MEMORY)
    return recalled


def forget_account(account: Account) -> None:
    """Let a change hold at once in this process."""
    _remembered.pop((account.kind, account.key), None)
