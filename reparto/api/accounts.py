"""Accounts: WhatsApp numbers, mailboxes, web forms, phone lines. No secret leaves, only its last four characters."""

from typing import Any

from django.conf import settings
from ninja import Query, Router

from reparto.channels.account_settings import show_settings
from reparto.channels.add_account import AccountDraft, add_account
from reparto.channels.edit_account import edit_account
from reparto.channels.models import Account
from reparto.channels.queries import all_accounts

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest, if_match
from .shapes import Answer, ChannelKind, Id, Line, Page, PathId, Shape, Values

router = Router(tags=["accounts"])


class AccountBody(Shape):
    """An account to be added; `effort`: what each conversation takes of a capacity, preset 1, of a call 3."""

    kind: ChannelKind
    name: Line
    group_id: Id
    settings: Values = {}
    effort: int | None = None


class AccountChanges(Shape):
    """What is to change; of the settings, those that are given, and null takes one away."""

    name: Line = ""
    group_id: Id = 0
    settings: Values = {}
    active: bool = True
    effort: int = 1


class AccountAnswer(Answer):
    """An account."""

    id: int
    version: int
    kind: ChannelKind
    name: str
    group_id: int
    active: bool
    effort: int
    settings: Values
    key: str
    hook_url: str | None


def show_account(account: Account) -> dict[str, Any]:
    """Return an account as the contract names its fields; mail is fetched, so a mailbox has no hook."""
    hook = f"{settings.BASE_URL}/hooks/{account.kind}/{account.key}"
    return {
        "id": account.pk,
        "version": account.version,
        "kind": account.kind,
        "name": account.name,
        "group_id": account.group_id,
        "active": account.active,
        "effort": account.effort,
        "settings": show_settings(account),
        "key": account.key,
        "hook_url": None if account.kind == "email" else hook,
    }


@router.get("/accounts", response=Page[AccountAnswer])
@action("accounts.view")
def list_accounts(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the accounts, newest first."""
    page, after = cut_page(all_accounts(), window)
    return answer_page([show_account(account) for account in page], after)


@router.post("/accounts", response={201: AccountAnswer})
@action("accounts.manage")
def create_account(request: ApiRequest, body: AccountBody) -> dict[str, Any]:
    """Add an account with a hook of its own."""
    draft = AccountDraft(body.kind, body.name, body.group_id, body.settings, body.effort)
    return show_account(add_account(draft, actor=request.actor, at=request.at))


@router.patch("/accounts/{account_id}", response=AccountAnswer)
@action("accounts.manage")
def change_account(request: ApiRequest, account_id: PathId, body: AccountChanges) -> dict[str, Any]:
    """Change what is given of an account."""
    changed = edit_account(account_id, body.given(), actor=request.actor, at=request.at, if_version=if_match(request))
    return show_account(changed)
