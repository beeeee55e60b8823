"""
What an administrator writes of a rule, as the verbs take it.

It checks nothing; `read_rule` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule to be added at the end of the list."""

    description: str
    assign_to: tuple[Mapping[str, Any], ...]  #: each {person_id} or {group_id}, with an optional weight
    entity: str = "prospect"
    trigger: str = "web_integration"
    after: Mapping[str, Any] | None = None  #: {amount, unit, clock?}, for the triggers that wait for a time
    strategy: str = "round_robin"
    tags: tuple[str, ...] = ()
    template_id: int | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)
    if_nobody: str = "next"
    active: bool = True
