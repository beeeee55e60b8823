"""
A person as the audit keeps them: settings and grants, no password.

It decides nothing about who may read it.
"""

from collections.abc import Iterable
from typing import Any

from .models import Person
from .person_draft import GrantDraft

SHOWN = ("name", "email", "group_id", "receives", "capacity", "per_hour", "per_day", "language", "time_zone")


def show_person(person: Person, grants: Iterable[GrantDraft]) -> dict[str, Any]:
    """Return what can be changed of a person."""
    shown = [{"role": grant.role, "group_id": grant.group_id} for grant in grants]
    return {name: getattr(person, name) for name in SHOWN} | {"grants": shown}
