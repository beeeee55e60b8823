"""
Who changed which setting, when, from what to what: one row in the transaction of the change.

Rows are never changed or removed. Secrets are never written here; callers leave them out.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .models import AuditEntry
from .tenancy import current_organization


class NoOrganization(RuntimeError):
    """Something would be recorded outside any organization."""


def record_audit(  # noqa: PLR0913  # an entry has these parts; a shape for them would only rename them
    actor_id: int | None,
    action: str,
    *,
    object_kind: str,
    object_id: int | None,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    at: datetime,
) -> None:
    """
    Write one entry in the entered organization; `actor_id` None means that the system acted.

    Raises:
        NoOrganization: No organization was entered.

    """
    organization_id = current_organization()
    if organization_id is None:
        raise NoOrganization(f"{action} of {object_kind} {object_id}: enter an organization first.")
    AuditEntry(
        organization_id=organization_id,
        at=at,
        actor_id=actor_id,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        before=before,
        after=after,
    ).save(force_insert=True)


def record_edit(
    actor_id: int | None,
    action: str,
    *,
    object_kind: str,
    object_id: int,
    states: tuple[Mapping[str, Any], Mapping[str, Any]],
    at: datetime,
) -> None:
    """Write one entry of an edit; of the states before and after only what is not the same."""
    before, after = states
    changed = [name for name in after if before.get(name) != after[name]]
    record_audit(
        actor_id,
        action,
        object_kind=object_kind,
        object_id=object_id,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
        at=at,
    )
