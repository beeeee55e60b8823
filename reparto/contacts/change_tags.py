"""
Put tags on a contact and take others off.

It starts from those that are there at this instant: of two who tag at once, neither loses the other's.
"""

from collections.abc import Collection
from datetime import datetime

from reparto.engine import fold
from reparto.people.actor import Actor

from .edit_contact import edit_contact
from .models import Contact
from .queries import find_contact, lock_contact, tags_of


def change_tags(contact_id: int, *, come: Collection[str], go: Collection[str], actor: Actor, at: datetime) -> Contact:
    """Put on and take off under the contact's row. Raises what `edit_contact` raises."""
    find_contact(contact_id, actor=actor)
    lock_contact(contact_id)
    gone = {fold(name) for name in go}
    kept = [name for name in tags_of([contact_id]).get(contact_id, []) if fold(name) not in gone]
    return edit_contact(contact_id, {"tags": (*kept, *come)}, actor=actor, at=at)
