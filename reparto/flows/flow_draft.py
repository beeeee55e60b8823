"""
What an administrator writes of a flow, as the verbs take it.

It checks nothing; `read_flow` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FlowDraft:
    """A flow to be kept as a draft."""

    name: str
    trigger: Mapping[str, Any]  #: {kind, account_ids?, keywords?, tag?}
    filters: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Mapping[str, Any], ...] = ()
    active: bool = True
