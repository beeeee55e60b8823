"""
Put in force what decided in the shadow: the draft that it was, if nobody has changed it since.

The caller holds the desk's lock (`assignment.change_rules`).
"""

from datetime import datetime

from reparto.engine import thaw_rule_set
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.models import RuleSetVersion
from reparto.rules.publish_draft import publish_draft
from reparto.rules.queries import find_draft

from .queries import find_shadow
from .stop_shadow import stop_shadow


class ChangedSince(Exception):
    """The draft is not what decided in the shadow; nothing was changed."""


def publish_shadow(shadow_id: int, *, actor: Actor, at: datetime) -> RuleSetVersion:
    """
    Publish the draft and end the shadow.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownShadow, UnknownDraft: It is not there, or its draft is gone.
        ChangedSince: The draft was changed since it began to decide in the shadow.
        StaleRules: Other rules were published since the draft began.
        Invalid: The draft has faults.

    """
    check(actor, "rules.manage")
    shadow = find_shadow(shadow_id)
    draft = find_draft(shadow.draft_id or 0)
    if shadow.state != "running" or freeze_draft(draft) != thaw_rule_set(shadow.rules):
        raise ChangedSince(f"Draft {draft.pk} is not what shadow {shadow_id} decided by.")
    version = publish_draft(draft.pk, actor=actor, at=at, if_version=draft.version)
    stop_shadow(shadow_id, actor=actor, at=at, state="published")
    return version
