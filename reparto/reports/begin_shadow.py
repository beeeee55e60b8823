"""
Let a draft decide in the shadow, from this moment on until it is stopped. Nobody obeys it.

It decides nothing itself: a worker does, after the desk has.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.engine import freeze_rule_set
from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.queries import find_draft

from .models import Shadow
from .queries import running_shadow


def begin_shadow(draft_id: int, *, actor: Actor, at: datetime) -> Shadow:
    """
    Return the rules that decide in the shadow.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownDraft: There is no such draft here.
        Invalid: Other rules decide in the shadow already.

    """
    check(actor, "rules.manage")
    # Of two who begin at once, one is told that the other was first.
    lock_organization()
    draft = find_draft(draft_id)
    if running_shadow() is not None:
        told = gettext("Other rules decide in the shadow already: stop them first.")
        raise Invalid((Fault("draft_id", "one_at_a_time", told),))
    shadow = Shadow.objects.create(
        organization_id=actor.organization_id,
        begun_by_id=actor.person_id,
        draft_id=draft.pk,
        name=draft.name,
        rules=freeze_rule_set(freeze_draft(draft)),
        begun_at=at,
        due_at=at,
    )
    after = {"draft_id": draft.pk, "name": draft.name}
    record_audit(
        actor.person_id, "shadow.begin", object_kind="shadow", object_id=shadow.pk, before=None, after=after, at=at
    )
    return shadow
