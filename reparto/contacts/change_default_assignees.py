"""
Add people to those who are put on each new conversation of a contact, and take others off.

It starts from who is there at this instant: of two who add at once, neither loses the other's.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.people.actor import Actor

from .models import Contact
from .queries import default_assignees_of, find_contact, lock_contact
from .set_default_assignees import set_default_assignees


def change_default_assignees(
    contact_id: int, *, come: Collection[int], go: Collection[int], actor: Actor, at: datetime
) -> Contact:
    """Add and take off under the contact's row. Raises what `set_default_assignees` raises."""
    find_contact(contact_id, actor=actor)
    lock_contact(contact_id)
    there = default_assignees_of([contact_id]).get(contact_id, [])
    wanted = [one for one in dict.fromkeys([*there, *come]) if one not in go]
    return set_default_assignees(contact_id, wanted, actor=actor, at=at)
