"""
What each person may be given on each account, as a table (AD-7).

It asks nothing of the database: its page knows people, accounts and what each cell has.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from django.utils.translation import gettext

from reparto.channels.models import Account
from reparto.people.models import Person


def mode_labels() -> dict[str, str]:
    """Return what the modes are called."""
    return {
        "disabled": gettext("Disabled"),
        "enabled": gettext("Enabled"),
        "auto": gettext("Enabled + Autoassignment"),
    }


def field_of(person_id: int, account_id: int) -> str:
    """Return the name of one cell's control."""
    return f"mode-{person_id}-{account_id}"


def cap_field_of(person_id: int, account_id: int) -> str:
    """Return the name of the box beside it: how much at once."""
    return f"cap-{person_id}-{account_id}"


def pair_of(name: str) -> tuple[int, int]:
    """Return whose cell it is, on which account, by the name of either control."""
    _, person_id, account_id = name.split("-")
    return int(person_id), int(account_id)


def name_cells(people: Iterable[Person], accounts: Sequence[Account]) -> dict[str, str]:
    """Return what both controls of each cell are called."""
    named = dict[str, str]()
    for person, account in product(people, accounts):
        named[field_of(person.pk, account.pk)] = f"{person.name}, {account.name}"
        said = gettext("%(person)s, %(account)s: most at once") % {"person": person.name, "account": account.name}
        named[cap_field_of(person.pk, account.pk)] = said
    return named


def say_cell(name: str, value: str | None) -> object:
    """Return what a control says, in words."""
    return (value or "∞") if name.startswith("cap-") else mode_labels().get(value or "disabled", value)


def show_modes(
    people: Sequence[Person], accounts: Sequence[Account], *, values: Mapping[str, str], faults: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a row a person with a cell an account, with what is stored or was typed; what is not there is empty."""
    options = list(mode_labels().items())

    def cell(person: Person, account: Account) -> dict[str, Any]:
        name, cap_name = field_of(person.pk, account.pk), cap_field_of(person.pk, account.pk)
        return {
            "name": name,
            "cap_name": cap_name,
            "cap": values.get(cap_name, ""),
            "fault": faults.get(cap_name, ""),
            "account": account,
            "mode": values.get(name) or "disabled",
            "options": options,
        }

    return [{"person": person, "cells": [cell(person, account) for account in accounts]} for person in people]
