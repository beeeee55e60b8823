"""
What each person may be given on each account, as a table (AD-7).

Three queries beside those for people and accounts, however many there are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.channels.models import Account
from reparto.channels.queries import all_caps, all_modes
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


def show_modes(
    people: Sequence[Person], accounts: Sequence[Account], *, sent: Mapping[str, str], faults: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a row a person with a cell an account; what was sent and refused stands as it was typed."""
    modes, caps, options = all_modes(), all_caps(), list(mode_labels().items())

    def cell(person: Person, account: Account) -> dict[str, Any]:
        pair = person.pk, account.pk
        name, cap_name = field_of(*pair), cap_field_of(*pair)
        return {
            "name": name,
            "cap_name": cap_name,
            "cap": sent.get(cap_name, caps.get(pair, "")),
            "fault": faults.get(cap_name, ""),
            "account": account,
            "mode": sent.get(name, modes.get(pair, "disabled")),
            "options": options,
        }

    return [{"person": person, "cells": [cell(person, account) for account in accounts]} for person in people]
