"""
What stands above the rows of the inbox: the filters that one may set, those that are set, and what a search keeps.

It reads nothing.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext

from reparto.channels.models import Account
from reparto.conversations.list_inbox import ANY, STATUSES
from reparto.people.models import Group

from .where import STEP, Where


def draw_filters(where: Where, accounts: Collection[Account], groups: Collection[Group]) -> dict[str, Any]:
    """Return what stands above the rows: the filters that may be set, of all accounts and teams, and those that are."""
    return {
        "filters": _filters(where, accounts, groups),
        "chips": _chips(where, accounts, groups),
        "kept": _kept(where),
    }


def _kept(where: Where) -> dict[str, Any]:
    """What a search keeps of the place."""
    kept = {"view": where.view, "status": where.status, "account": where.account, "group": where.group}
    return {name: value for name, value in kept.items() if value}


def _status_names() -> dict[str, str]:
    return {
        "open": gettext("Open"),
        "snoozed": gettext("Snoozed"),
        "closed": gettext("Closed"),
        ANY: gettext("Any state"),
    }


def _filters(where: Where, accounts: Iterable[Account], groups: Iterable[Group]) -> dict[str, list[dict[str, Any]]]:
    names = _status_names()
    of_account = [(None, gettext("All accounts"), ""), *((one.pk, one.name, one.kind) for one in accounts)]
    of_group = [(None, gettext("All teams")), *((one.pk, one.name) for one in groups if one.parent_id is not None)]
    return {
        "statuses": [
            {"label": names[one], "url": where.url(status=one, shown=STEP), "on": where.state == one}
            for one in (*STATUSES, ANY)
        ],
        "accounts": [
            {"label": name, "url": where.url(account=pk, shown=STEP), "on": where.account == pk, "channel": kind}
            for pk, name, kind in of_account
        ],
        "groups": [
            {"label": name, "url": where.url(group=pk, shown=STEP), "on": where.group == pk} for pk, name in of_group
        ],
    }


def _chips(where: Where, accounts: Iterable[Account], groups: Iterable[Group]) -> list[dict[str, str]]:
    """The filters that are set, each with the address without it."""
    chips = []
    if where.status not in ("", "open"):
        said = _status_names()[where.status]
        chips.append({"field": gettext("State is"), "value": said, "remove_url": where.url(status="")})
    if where.account is not None:
        name = next((one.name for one in accounts if one.pk == where.account), "?")
        chips.append({"field": gettext("Account"), "value": name, "remove_url": where.url(account=None)})
    if where.group is not None:
        name = next((one.name for one in groups if one.pk == where.group), "?")
        chips.append({"field": gettext("Team"), "value": name, "remove_url": where.url(group=None)})
    return chips
