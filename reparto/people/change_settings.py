"""
Change the organization's settings, one section at a time.

What may be chosen is said by `kit.organization_settings`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reparto.kit.audit import record_edit
from reparto.kit.organization_settings import store_settings

from .actor import Actor
from .permissions import check


def change_settings(section: str, changes: Mapping[str, Any], *, actor: Actor, at: datetime) -> dict[str, Any]:
    """
    Change settings of `inbox`, `presence`, `distribution` or `figures`; return the whole section.

    Raises:
        NotAllowed: The actor does not manage settings.
        Invalid: Something is wrong with the changes; has all faults.

    """
    check(actor, "settings.manage")
    former, present = store_settings(section, changes)
    record_edit(
        actor.person_id,
        f"settings.{section}",
        object_kind="organization",
        object_id=actor.organization_id,
        states=(former, present),
        at=at,
    )
    return present
