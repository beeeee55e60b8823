"""
What each person may be given on each account, as a table (AD-7).

Three queries beside those for people and accounts, however many there are.
"""

from collections.abc import Sequence
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


def show_modes(people: Sequence[Person], accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """Return a row a person with a cell an account."""
    modes, caps, labels = all_modes(), all_caps(), mode_labels()
    return [
        {
            "person": person,
            "cells": [
                {
                    "name": field_of(person.pk, account.pk),
                    "cap_name": cap_field_of(person.pk, account.pk),
                    "cap": caps.get((person.pk, account.pk), ""),
                    "account": account,
                    "mode": modes.get((person.pk, account.pk), "disabled"),
                    "options": list(labels.items()),
                }
                for account in accounts
            ],
        }
        for person in people
    ]
