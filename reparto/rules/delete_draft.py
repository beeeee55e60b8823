"""
Throw a draft away.

What is in force, and what was published from it, stay.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.live import publish
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import RuleSetDraft
from .queries import lock_draft, remove_draft


def delete_draft(draft_id: int, *, actor: Actor, at: datetime, if_version: int | None = None) -> RuleSetDraft:
    """
    Delete a draft.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownDraft: There is no such draft here.
        StaleVersion: Somebody changed it since the actor looked.

    """
    check(actor, "rules.manage")
    draft = lock_draft(draft_id)
    check_version(draft.version, if_version)
    remove_draft(draft)
    record_audit(
        actor.person_id,
        "rule_draft.delete",
        object_kind="rule_draft",
        object_id=draft_id,
        before={"name": draft.name, "base_version": draft.base_version, "rules": draft.content},
        after=None,
        at=at,
    )
    publish(actor.organization_id, "rules")
    return draft
