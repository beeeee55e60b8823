"""
What somebody writes of a person, as the verbs take it.

It checks nothing; `read_person` does.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GrantDraft:
    """A role over a group and all below it, as it was asked for."""

    role: str
    group_id: int


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person to be added."""

    name: str
    email: str
    group_id: int
    grants: tuple[GrantDraft, ...] = ()
    receives: bool = False
    capacity: int | None = None  #: effort units; None: no limit
    per_hour: int | None = None  #: how many they are given in an hour; None: no limit
    per_day: int | None = None  #: and on a day
    language: str | None = None  #: None: the organization's
    time_zone: str | None = None  #: None: the organization's
