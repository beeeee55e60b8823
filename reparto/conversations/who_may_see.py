"""
Who may see a conversation: those who can be mentioned in it.

It grants nothing; a mention shows nobody what they may not see.
"""

from reparto.people.load_actors import load_actors
from reparto.people.models import Person
from reparto.people.permissions import may
from reparto.people.queries import all_people

from .models import Conversation
from .queries import assignees_of
from .relation import relation_to


def who_may_see(talk: Conversation) -> list[Person]:
    """Return the people who may see a conversation (loaded as `find_conversation` does), by name; four queries."""
    people = list(all_people().filter(suspended_at__isnull=True))
    assigned = assignees_of([talk.pk])[talk.pk]
    return [
        person
        for person, actor in zip(people, load_actors(people), strict=True)
        if may(actor, "conversation.view", relation_to(talk, assigned, actor))
    ]
