"""What a person may do, and where: one line a grant, as many as they need (a role over a group and all below it)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.people.person_draft import GrantDraft

from ..ask import choices_of
from .person_form import group_choices
from .show_people import ROLES, role_labels


def show_grants(grants: Sequence[GrantDraft], faults: Mapping[str, str]) -> dict[str, Any]:
    """Return the lines of `people/grants.html`, a blank one, and what is wrong with all of them together."""
    groups, roles = [("", gettext("Their own group")), *group_choices()], _roles()

    def line(grant: GrantDraft | None, place: int) -> dict[str, Any]:
        named = [faults.get(f"grants[{place}].{name}", "") for name in ("role", "group_id")]
        return {
            "roles": choices_of(roles, chosen=grant.role if grant else ""),
            "groups": choices_of(groups, chosen=grant.group_id or "" if grant else ""),
            "faults": [said for said in named if said],
        }

    lines = [line(grant, place) for place, grant in enumerate(grants)]
    return {
        "grants": lines or [line(None, -1)],
        "blank_grant": line(None, -1),
        "grants_fault": faults.get("grants", ""),
    }


def _roles() -> list[tuple[str, str]]:
    labels = role_labels()
    return [("", gettext("No role")), *((role, labels[role]) for role in ROLES)]
