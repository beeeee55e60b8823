"""
Keep who is named in a private note: their view *mentions* has the conversation from then on.

It tells nobody; `assignment` does, in the same transaction.
"""

from .find_mentions import find_mentions
from .models import Conversation, Mention, Message
from .who_may_see import who_may_see


def keep_mentions(note: Message, talk: Conversation) -> tuple[int, ...]:
    """Store the mentions of a note and return whom it names; who may not see the conversation is not mentioned."""
    if not note.private or "@" not in note.text:
        return ()
    names = {person.pk: person.name for person in who_may_see(talk)}
    named = find_mentions(note.text, names)
    Mention.objects.bulk_create(
        Mention(
            organization_id=note.organization_id,
            message_id=note.pk,
            conversation_id=talk.pk,
            person_id=one.person_id,
            start=one.start,
            length=one.length,
        )
        for one in named
    )
    return tuple(dict.fromkeys(one.person_id for one in named))
