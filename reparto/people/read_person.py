"""
Read what was written of a person: every fault at once, values ready to store.

It changes nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.read_choice import (
    read_choice,
    read_email,
    read_flag,
    read_integer,
    read_language,
    read_time_zone,
)
from reparto.kit.read_each import Reader, read_each
from reparto.kit.read_text import read_line

from .person_draft import GrantDraft
from .queries import known_groups

ROLES = ("admin", "manager", "operator", "agent")
MOST_CAPACITY = 1000
MOST_GRANTS = 50
NAME_LIMIT = 200


def read_person(raw: Mapping[str, Any], *, faults: Faults) -> dict[str, Any]:
    """Return the values of the fields that were given; what is wrong with them goes to `faults`."""
    groups = known_groups(_group_ids(raw))
    values = read_each(raw, _READERS, faults=faults)
    _check_groups(raw, groups, faults)
    return values


def _group_ids(raw: Mapping[str, Any]) -> set[object]:
    return {raw.get("group_id"), *(grant.group_id for grant in raw.get("grants") or ())}


def _check_groups(raw: Mapping[str, Any], groups: set[int], faults: Faults) -> None:
    paths = {f"grants[{place}].group_id": grant.group_id for place, grant in enumerate(raw.get("grants") or ())}
    if "group_id" in raw:
        paths["group_id"] = raw["group_id"]
    for path, group_id in paths.items():
        if group_id not in groups:
            faults.add(path, "unknown_group", gettext("There is no such group."))


def _grants(raw: tuple[GrantDraft, ...], path: str, faults: Faults) -> tuple[GrantDraft, ...]:
    if len(raw) > MOST_GRANTS:
        faults.add(path, "too_many", gettext("A person has at most %(limit)d grants.") % {"limit": MOST_GRANTS})
    for place, grant in enumerate(raw):
        read_choice(grant.role, path=f"{path}[{place}].role", choices=ROLES, faults=faults)
    return tuple(dict.fromkeys(raw))


def _capacity(raw: object, path: str, faults: Faults) -> int | None:
    return None if raw is None else read_integer(raw, path=path, least=0, most=MOST_CAPACITY, faults=faults)


_READERS: Mapping[str, Reader] = {
    "name": lambda raw, path, faults: read_line(raw, path=path, limit=NAME_LIMIT, faults=faults),
    "email": lambda raw, path, faults: read_email(raw, path=path, faults=faults),
    "group_id": lambda raw, path, faults: raw,
    "grants": _grants,
    "receives": lambda raw, path, faults: read_flag(raw, path=path, faults=faults),
    "capacity": _capacity,
    "per_hour": _capacity,
    "per_day": _capacity,
    "language": lambda raw, path, faults: read_language(raw, path=path, faults=faults),
    "time_zone": lambda raw, path, faults: read_time_zone(raw, path=path, faults=faults),
}
