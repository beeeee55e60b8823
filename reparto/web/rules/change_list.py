"""
Change a draft's list by one act of a page: what is read is what is changed, or it is refused.

What may stand in a list is `edit_draft`'s to say.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reparto.people.actor import Actor
from reparto.rules.edit_draft import edit_draft
from reparto.rules.models import RuleSetDraft
from reparto.rules.queries import UnknownRule, find_draft

type Listed = list[dict[str, Any]]


def change_list(
    draft_id: int, change: Callable[[Listed], Listed], *, actor: Actor, at: datetime, if_version: int | None = None
) -> RuleSetDraft:
    """Store the list that `change` makes of the draft's. Raises what `edit_draft` raises."""
    draft = find_draft(draft_id)
    seen = draft.version if if_version is None else if_version
    return edit_draft(draft_id, {"rules": change(draft.content)}, actor=actor, at=at, if_version=seen)


def place_of(listed: Listed, rule_id: int) -> int:
    """Return the place of a rule in a list, from 0. Raises UnknownRule."""
    for place, rule in enumerate(listed):
        if rule["id"] == rule_id:
            return place
    raise UnknownRule(f"Rule {rule_id} is not in this draft.")
