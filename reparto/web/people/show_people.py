"""
People as rows: who they are, what they may do, whether they receive, how much they have open.

Three queries, however many people.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from reparto.conversations.queries import loads_of
from reparto.engine import fold
from reparto.people.models import Person
from reparto.people.person_draft import GrantDraft
from reparto.people.queries import all_people, grants_of_people

ROLES = ("agent", "operator", "manager", "admin")


def show_people(*, words: str = "") -> list[dict[str, Any]]:
    """Return everybody by name, or those whose name or e-mail has the words; the suspended last."""
    people = [person for person in all_people() if _has(person, words)]
    ids = [person.pk for person in people]
    grants, loads = grants_of_people(ids), loads_of(ids)
    rows = [_row(person, grants.get(person.pk, ()), loads.get(person.pk, 0)) for person in people]
    return sorted(rows, key=lambda row: row["suspended"])


def role_labels() -> dict[str, str]:
    """Return what the roles are called."""
    return {
        "agent": gettext("Agent"),
        "operator": gettext("Operator"),
        "manager": gettext("Manager"),
        "admin": gettext("Administrator"),
    }


def _has(person: Person, words: str) -> bool:
    return fold(words) in fold(f"{person.name} {person.email}")


def _row(person: Person, grants: tuple[GrantDraft, ...], load: int) -> dict[str, Any]:
    labels = role_labels()
    return {
        "person": person,
        "url": reverse("person", args=[person.pk]),
        "group": person.group.name,
        "roles": ", ".join(dict.fromkeys(labels.get(grant.role, grant.role) for grant in grants)),
        "load": load,
        "suspended": person.suspended_at is not None,
        "switch": f"receives-{person.pk}",
        "receives_url": reverse("person_receives", args=[person.pk]),
    }
