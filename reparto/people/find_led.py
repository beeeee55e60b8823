"""
Find a person whom the actor leads: an administrator everybody, a manager those of their groups.

It changes nothing.
"""

from .actor import Actor
from .models import Person
from .permissions import NotAllowed, check
from .queries import find_person


def find_led(person_id: int, *, actor: Actor, action: str) -> Person:
    """
    Return a person, with their group.

    Raises:
        UnknownPerson: There is no such person here.
        NotAllowed: The actor's roles do not do this, or the person is outside their groups.

    """
    check(actor, action)
    person = find_person(person_id)
    if not actor.leads(person.group.path):
        raise NotAllowed(action)
    return person
