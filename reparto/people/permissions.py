"""
Who may do what to whom: one table of action × role × relation, asked by every page, endpoint and menu.

It is data and reads no table of contacts; a room above says how a thing relates to the actor, by each of their grants:
what a role may do, it may where its own grant reaches, and nowhere else.
"""

from collections.abc import Mapping
from enum import StrEnum

from .actor import Actor, Role


class Relation(StrEnum):
    """How a contact or a conversation stands to whoever acts."""

    OWN = "own"  #: the actor owns it, or works it
    SCOPE = "scope"  #: somebody has it whom the grant reaches: a manager's or operator's subtree, an agent's group
    SHARED = "shared"  #: a conversation that others work, about a contact of the actor's or given to their group
    FREE = "free"  #: nobody has it, and the actor may take it
    CLOSED = "closed"  #: nobody has it, but it is of a campaign that the actor is not in
    FOREIGN = "foreign"  #: none of the actor's business


#: How one thing stands to each role of whoever acts, by the reach of that role's own grants; it may stand in several.
type Standing = frozenset[tuple[Role, Relation]]

OWN, SCOPE, SHARED, FREE, CLOSED = (
    Relation.OWN,
    Relation.SCOPE,
    Relation.SHARED,
    Relation.FREE,
    Relation.CLOSED,
)
ALL = frozenset(Relation)
#: What one has oneself is not by that in what one leads: to give it away the grant has to reach it.
LED = frozenset({SCOPE, FREE, CLOSED})
HELD = LED | {OWN}
MINE = frozenset({OWN, SCOPE, FREE})

#: Action on a contact or a conversation → role → the relations in which it is allowed.
ON_THINGS: Mapping[str, Mapping[Role, frozenset[Relation]]] = {
    "contact.view": {"admin": ALL, "manager": HELD, "operator": HELD, "agent": MINE},
    "contact.edit": {"admin": ALL, "manager": HELD, "operator": HELD, "agent": frozenset({OWN, FREE})},
    "contact.take": {"admin": ALL, "manager": LED, "agent": frozenset({FREE})},
    # To become the owner of what one has just created: for whoever creates, though they take nothing (decision 5).
    "contact.keep": {"admin": ALL, "manager": HELD, "operator": HELD, "agent": frozenset({FREE})},
    "contact.assign": {"admin": ALL, "manager": LED},
    "contact.default_assignees": {"admin": ALL, "manager": LED},
    # Asked of both; an agent's own and free ones, for of two owners one loses the contact.
    "contact.merge": {"admin": ALL, "manager": HELD, "agent": frozenset({OWN, FREE})},
    "contact.follow_up": {"admin": ALL, "manager": HELD, "operator": HELD, "agent": frozenset({OWN})},
    "contact.sale": {"admin": ALL, "manager": HELD, "operator": HELD, "agent": frozenset({OWN})},
    # An agent who calls back a contact that nobody has takes it by that.
    "contact.call_back": {"admin": ALL, "manager": HELD, "operator": HELD, "agent": frozenset({OWN, FREE})},
    "conversation.view": {
        "admin": ALL,
        "manager": HELD | {SHARED},
        "operator": HELD | {SHARED},
        "agent": MINE | {SHARED},
    },
    "conversation.reply": {"admin": ALL, "manager": HELD | {SHARED}, "agent": frozenset({OWN, SCOPE, SHARED})},
    "conversation.take": {"admin": ALL, "manager": LED, "agent": frozenset({FREE})},
    "conversation.assign": {"admin": ALL, "manager": LED},
    "conversation.close": {"admin": ALL, "manager": HELD, "agent": frozenset({OWN})},
}

#: Action on the organization → the roles that may.
ON_ORGANIZATION: Mapping[str, frozenset[Role]] = {
    "me.settings": frozenset({"admin", "manager", "operator", "agent"}),
    "me.view": frozenset({"admin", "manager", "operator", "agent"}),
    "contact.list": frozenset({"admin", "manager", "operator", "agent"}),
    "contact.create": frozenset({"admin", "manager", "operator", "agent"}),
    "conversation.list": frozenset({"admin", "manager", "operator", "agent"}),
    "people.view": frozenset({"admin", "manager", "operator", "agent"}),
    "people.manage": frozenset({"admin"}),
    "availability.own": frozenset({"admin", "manager", "operator", "agent"}),
    "availability.others": frozenset({"admin", "manager"}),
    "schedule.edit": frozenset({"admin", "manager"}),
    "accounts.view": frozenset({"admin", "manager"}),
    "accounts.manage": frozenset({"admin"}),
    "campaigns.manage": frozenset({"admin"}),
    "rules.view": frozenset({"admin", "manager"}),
    "rules.manage": frozenset({"admin"}),
    "flows.view": frozenset({"admin", "manager"}),
    "flows.manage": frozenset({"admin"}),
    "reports.view": frozenset({"admin", "manager"}),
    "quick_reply.own": frozenset({"admin", "manager", "operator", "agent"}),
    "quick_reply.shared": frozenset({"admin", "manager"}),
    "settings.view": frozenset({"admin", "manager", "operator", "agent"}),
    "settings.manage": frozenset({"admin"}),
    "quarantine.view": frozenset({"admin"}),
    "portfolio.manage": frozenset({"admin"}),
}


#: What is one's own account, and nothing else: whoever may sign in does it, also without any role.
ANYBODY = frozenset({"me.settings"})


class NotAllowed(Exception):
    """The actor sees the thing but may not do this to it."""

    def __init__(self, action: str) -> None:
        """Keep the action, so that the page can say which."""
        super().__init__(f"Not allowed: {action}.")
        self.action = action


def in_scope(actor: Actor, action: str) -> bool:
    """Say whether the scopes of the actor's token, if it has any, include an action: by its name or by its kind."""
    return not actor.scopes or action in actor.scopes or action.split(".", maxsplit=1)[0] in actor.scopes


def may(actor: Actor, action: str, standing: Standing | Relation | None = None) -> bool:
    """
    Say whether an action is allowed: on a thing as it stands to each role, or on the organization.

    A relation by itself is a thing that would stand so to every role that the actor has.
    """
    if not in_scope(actor, action):
        return False
    if standing is None:
        return action in ANYBODY or any(granted.role in ON_ORGANIZATION[action] for granted in actor.grants)
    if isinstance(standing, Relation):
        standing = frozenset((granted.role, standing) for granted in actor.grants)
    allowed = ON_THINGS[action]
    return any(relation in allowed.get(role, frozenset()) for role, relation in standing)


def check(actor: Actor, action: str, standing: Standing | Relation | None = None) -> None:
    """Raise NotAllowed unless the action is allowed."""
    if not may(actor, action, standing):
        raise NotAllowed(action)
