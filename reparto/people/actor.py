"""
The shape of whoever acts: a person with their grants, as one request knows them.

It decides nothing; `permissions.py` does.
"""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["admin", "manager", "operator", "agent"]
#: What agents see of what others have: nothing, what people of the groups have that they are in, or all of it.
AgentsSee = Literal["own", "group", "all"]


@dataclass(frozen=True, slots=True)
class Granted:
    """A role over a group and all below it."""

    role: Role
    group_id: int
    group_path: str  #: ids from the root, "/1/4/"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts, by page or by API."""

    person_id: int
    organization_id: int
    name: str
    group_id: int
    group_path: str
    grants: tuple[Granted, ...] = ()
    campaign_ids: frozenset[int] = frozenset()
    agents_see: AgentsSee = "group"  #: a setting of the organization
    scopes: frozenset[str] = frozenset()  #: of the token; empty: all that the person may
    language: str = "es"
    time_zone: str = "America/Mexico_City"
    #: ids of the people whose work they see (`contacts.relation.reach`), as this request found it; None: ask.
    sees: tuple[int, ...] | None = field(default=None, compare=False)

    def has(self, role: Role) -> bool:
        """Say whether the person holds a role anywhere."""
        return any(granted.role == role for granted in self.grants)

    @property
    def is_admin(self) -> bool:
        """Say whether the person administers the organization."""
        return self.has("admin")

    def leads(self, path: str) -> bool:
        """Say whether a group lies in what the person manages."""
        return self.is_admin or any(
            granted.role == "manager" and path.startswith(granted.group_path) for granted in self.grants
        )
