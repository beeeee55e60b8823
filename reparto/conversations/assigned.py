"""
The shape of who works a conversation.

It reads nothing.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Assigned:
    """Who works a conversation."""

    person_ids: list[int] = field(default_factory=list)
    group_ids: list[int] = field(default_factory=list)
    group_paths: list[str] = field(default_factory=list)
    person_paths: list[str] = field(default_factory=list)  #: of the groups of those people
    routes: dict[int, str] = field(default_factory=dict)  #: by person: by which route they came
    people: dict[int, str] = field(default_factory=dict)  #: their names
