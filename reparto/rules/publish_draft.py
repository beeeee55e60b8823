"""
Put a draft in force as the next version; the editable list becomes what the draft was.

Nobody overwrites what they have not seen: a draft that began from an older version is refused with what has changed
since, until the newer version is named.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .check_in_force import check_in_force
from .check_rule_set import check_rule_set
from .models import RuleSetDraft, RuleSetVersion
from .publish_rules import publish_rules
from .queries import all_rules, lock_draft, remove_draft
from .read_rule_list import read_rule_list
from .store_rules import store_rules
from .thaw_rules import list_rules, rules_of_list


def publish_draft(
    draft_id: int, *, actor: Actor, at: datetime, if_version: int | None = None, over: int | None = None
) -> RuleSetVersion:
    """
    Publish a draft, which is gone afterwards. `over` is the version in force as the actor knows it; preset: the base.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownDraft: There is no such draft here.
        StaleVersion: Somebody changed the draft since the actor looked.
        StaleRules: Another version is in force than the actor knows.
        Invalid: The draft has faults; paths name the rule: `rules[2].filters`.

    """
    check(actor, "rules.manage")
    organization = lock_organization()
    draft = lock_draft(draft_id)
    check_version(draft.version, if_version)
    check_in_force(draft.base_version if over is None else over, since=draft.base_version)
    faults = Faults()
    read_rule_list(_bare(draft), edition=organization.edition, faults=faults)
    faults.check()
    check_rule_set(rules_of_list(draft.content), faults, at=at)
    faults.check()
    before = list_rules(all_rules())
    store_rules(draft.content, organization_id=actor.organization_id)
    remove_draft(draft)
    record_audit(
        actor.person_id,
        "rule_draft.publish",
        object_kind="rule_draft",
        object_id=draft_id,
        before={"rules": before},
        after={"name": draft.name, "rules": draft.content},
        at=at,
    )
    return publish_rules(actor=actor, at=at, note=draft.name)


def _bare(draft: RuleSetDraft) -> list[dict[str, object]]:
    return [{name: value for name, value in rule.items() if name != "id"} for rule in draft.content]
