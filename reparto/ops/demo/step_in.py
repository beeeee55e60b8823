"""
The manager of the demo company gives somebody what no rule spoke for, or takes something from one to another.

Never while a viewer is signed in as the manager: then it is theirs to see to.
"""

from datetime import datetime
from random import Random

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.contacts.queries import find_contact
from reparto.people.queries import find_people

from .cast import MANAGER, PEOPLE
from .company import Company

#: Whom the manager thinks of first.
READY = tuple(part.email.partition("@")[0] for part in PEOPLE if part.group in ("Santiago", "Viña"))


def step_in(company: Company, contact_id: int, *, at: datetime, dice: Random) -> bool:
    """Give a contact to one of those who are available, by hand; say whether anybody was."""
    manager = company.actor(company.people[MANAGER.email.partition("@")[0]])
    owner_id = find_contact(contact_id, actor=manager).owner_id
    people = find_people(company.people[name] for name in READY)
    able = sorted(one.pk for one in people if one.availability == "available" and one.pk != owner_id)
    if not able:
        return False
    assign_by_hand(contact_id, owner_id=dice.choice(able), actor=manager, at=at)
    return True
