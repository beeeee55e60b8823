"""
Change a draft: its name, its whole ordered list, or the version it is held against.

A list in which a single rule is wrong is refused, so that a draft can always be read; whether the list as a whole makes
sense is asked when it is published.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.organizations import this_organization
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import RuleSetDraft
from .queries import all_rules, current_version_number, lock_draft, next_rule_ids, rule_ids_of_version
from .read_rule import DESCRIPTION_LIMIT
from .read_rule_list import read_rule_list


def edit_draft(
    draft_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime, if_version: int | None = None
) -> RuleSetDraft:
    """
    Change what is given of `name`, `rules` and `base_version`. A rule without an `id` is a new one and gets one.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownDraft: There is no such draft here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: Something is wrong with the changes; has all faults.

    """
    check(actor, "rules.manage")
    draft = lock_draft(draft_id)
    check_version(draft.version, if_version)
    before = _state(draft)
    faults = Faults()
    if "name" in changes:
        draft.name = read_line(changes["name"], path="name", limit=DESCRIPTION_LIMIT, faults=faults)
    if "rules" in changes:
        draft.content = _read_rules(changes["rules"], draft, faults)
    if "base_version" in changes:
        draft.base_version = _read_base(changes["base_version"], faults)
    faults.check()
    draft.version, draft.edited_at = draft.version + 1, at
    draft.save()
    states = (before, _state(draft))
    record_edit(actor.person_id, "rule_draft.edit", object_kind="rule_draft", object_id=draft.pk, states=states, at=at)
    publish(actor.organization_id, "rules")
    return draft


def _state(draft: RuleSetDraft) -> dict[str, Any]:
    return {"name": draft.name, "base_version": draft.base_version, "rules": draft.content}


def _read_base(raw: Any, faults: Faults) -> int:
    current = current_version_number()
    if raw != current:
        sentence = gettext("Only the version in force can be named: %(number)d.") % {"number": current}
        faults.add("base_version", "not_in_force", sentence)
    return current


def _read_rules(raw: Sequence[Mapping[str, Any]], draft: RuleSetDraft, faults: Faults) -> list[dict[str, Any]]:
    ids = [one.get("id") for one in raw]
    known = _known_ids(draft) if any(ids) else set()
    for place, rule_id in enumerate(ids):
        if rule_id is not None and rule_id not in known:
            faults.add(f"rules[{place}].id", "unknown_rule", gettext("There is no such rule."))
        elif rule_id is not None and rule_id in ids[:place]:
            faults.add(f"rules[{place}].id", "duplicate", gettext("This stands in the list already."))
    bare = [{name: value for name, value in one.items() if name != "id"} for one in raw]
    values = read_rule_list(bare, edition=this_organization().edition, faults=faults)
    fresh = iter(next_rule_ids(ids.count(None)) if not faults.found else ())
    return [{"id": rule_id or next(fresh, 0)} | value for rule_id, value in zip(ids, values, strict=False)]


def _known_ids(draft: RuleSetDraft) -> set[int]:
    """Those of the draft, of the list, and of the version that it began from: never another company's."""
    live = set(all_rules().values_list("pk", flat=True))
    return live | {rule["id"] for rule in draft.content} | rule_ids_of_version(draft.base_version)
