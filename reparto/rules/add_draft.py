"""
Begin a draft of the rules: a copy of the list as it stands, or of an earlier version, to be changed apart.

What is in force stays in force; only an administrator may (UP-1).
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.organizations import lock_organization
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import RuleSetDraft
from .queries import all_rules, current_version_number
from .read_rule import DESCRIPTION_LIMIT
from .thaw_rules import list_rules


def add_draft(name: str, *, actor: Actor, at: datetime) -> RuleSetDraft:
    """
    Copy the rules into a new draft; without a name it gets one.

    Raises:
        NotAllowed: The actor does not manage rules.
        Invalid: The name is too long.

    """
    check(actor, "rules.manage")
    faults = Faults()
    named = read_line(name, path="name", limit=DESCRIPTION_LIMIT, faults=faults) if name else gettext("Draft")
    faults.check()
    # The copy and the number of its version belong together.
    lock_organization()
    draft = RuleSetDraft(
        organization_id=actor.organization_id,
        name=named,
        base_version=current_version_number(),
        content=list_rules(all_rules()),
        author_id=actor.person_id,
        created_at=at,
        edited_at=at,
    )
    draft.save(force_insert=True)
    record_audit(
        actor.person_id,
        "rule_draft.add",
        object_kind="rule_draft",
        object_id=draft.pk,
        before=None,
        after={"name": draft.name, "base_version": draft.base_version},
        at=at,
    )
    publish(actor.organization_id, "rules")
    return draft
