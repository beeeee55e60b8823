"""
Reads of accounts and of who may be given what on each.

Every function runs inside an organization that was entered; `account_by_key` enters it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from reparto.kit.door import open_door
from reparto.kit.read_choice import is_id
from reparto.people.queries import in_groups

from .models import Account, AccountMode, MessageTemplate


class Post(NamedTuple):
    """One person on one account."""

    person_id: int
    account_id: int
    mode: str
    cap: int | None  #: effort units open at once; None: no limit
    effort: int  #: that a conversation takes there


class UnknownAccount(LookupError):
    """No such account in this organization."""


class UnknownTemplate(LookupError):
    """No such message template in this organization."""


def account_by_key(kind: str, key: str, *, at: datetime) -> Account | None:
    """Enter the organization of the account behind a hook's key and return it; None when there is none in use."""
    behind = open_door("hook", f"{kind}:{key}", at=at)
    return Account.objects.filter(pk=behind.target_id, active=True).first() if behind else None


def accounts_by_id(account_ids: Iterable[int]) -> dict[int, Account]:
    """Return these accounts by id."""
    return Account.objects.in_bulk(list(account_ids))


def all_accounts() -> QuerySet[Account]:
    """Return the accounts of the entered organization with their groups, by name."""
    return Account.objects.select_related("group").order_by("name", "id")


def accounts_in_groups(group_ids: Iterable[int]) -> QuerySet[Account, int]:
    """Return the ids of the accounts in any of these groups or below them; for a subquery."""
    return Account.objects.filter(in_groups(group_ids)).values_list("id", flat=True)


def find_account(account_id: int) -> Account:
    """Return an account with its group. Raises UnknownAccount."""
    account = all_accounts().filter(pk=account_id).first() if is_id(account_id) else None
    if account is None:
        raise UnknownAccount(f"Account {account_id} does not exist.")
    return account


def lock_account(account_id: int) -> Account:
    """Return an account, its row locked until the transaction ends. Raises UnknownAccount."""
    account = Account.objects.select_for_update().filter(pk=account_id).first() if is_id(account_id) else None
    if account is None:
        raise UnknownAccount(f"Account {account_id} does not exist.")
    return account


def efforts_of(account_ids: Iterable[int]) -> dict[int, int]:
    """Return how much a conversation on each of these accounts takes of a capacity."""
    return dict(Account.objects.filter(pk__in=list(account_ids)).values_list("id", "effort"))


def modes_of(person_id: int) -> dict[int, str]:
    """Return a person's modes by account; an account that is absent is disabled."""
    return dict(AccountMode.objects.filter(person_id=person_id).values_list("account_id", "mode"))


def modes_on(account_id: int) -> dict[int, str]:
    """Return the modes on an account by person; a person who is absent is disabled."""
    return dict(AccountMode.objects.filter(account_id=account_id).values_list("person_id", "mode"))


def all_modes() -> dict[tuple[int, int], str]:
    """Return every mode of the entered organization by (person, account); a pair that is absent is disabled."""
    rows = AccountMode.objects.values_list("person_id", "account_id", "mode")
    return {(person_id, account_id): mode for person_id, account_id, mode in rows}


def all_posts() -> list[Post]:
    """Return what each person may be given on each account, and its limits; a pair that is absent is disabled."""
    rows = AccountMode.objects.values_list("person_id", "account_id", "mode", "cap", "account__effort")
    return [Post(*row) for row in rows]


def caps_of(person_id: int) -> dict[int, int]:
    """Return how much a person may have open at once by account, where there is a limit."""
    rows = AccountMode.objects.filter(person_id=person_id, cap__isnull=False)
    return {account: cap for account, cap in rows.values_list("account_id", "cap") if cap is not None}


def all_caps() -> dict[tuple[int, int], int]:
    """Return every such limit of the entered organization by (person, account)."""
    rows = AccountMode.objects.filter(cap__isnull=False).values_list("person_id", "account_id", "cap")
    return {(person, account): cap for person, account, cap in rows if cap is not None}


def store_cap(organization_id: int, account_id: int, person_id: int, cap: int | None) -> None:
    """Insert or replace the limit of one person on one account; the mode stays, and is none where there was none."""
    row = AccountMode(
        organization_id=organization_id, account_id=account_id, person_id=person_id, mode="disabled", cap=cap
    )
    AccountMode.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["organization", "account", "person"], update_fields=["cap"]
    )


def store_mode(mode: AccountMode) -> None:
    """Insert or replace the mode of one person on one account, whoever else does so at this instant."""
    AccountMode.objects.bulk_create(
        [mode],
        update_conflicts=True,
        unique_fields=["organization", "account", "person"],
        update_fields=["mode"],
    )


def templates_of(account_id: int) -> QuerySet[MessageTemplate]:
    """Return the message templates of an account, by name and language."""
    return MessageTemplate.objects.filter(account_id=account_id).order_by("name", "language", "id")


def all_templates() -> QuerySet[MessageTemplate]:
    """Return the message templates of all accounts, by account and name."""
    return MessageTemplate.objects.select_related("account").order_by("account__name", "name", "language", "id")


def find_template(template_id: int) -> MessageTemplate:
    """Return a message template. Raises UnknownTemplate."""
    template = all_templates().filter(pk=template_id).first() if is_id(template_id) else None
    if template is None:
        raise UnknownTemplate(f"Template {template_id} does not exist.")
    return template
