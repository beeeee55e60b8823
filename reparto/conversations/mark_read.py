"""
Keep how far a person has read a conversation.

It asks no permission: whoever calls it has shown them the conversation.
"""

from django.db import connection

from reparto.people.actor import Actor

#: Nobody has read less than a moment ago; what is there already is written by nobody again.
SEE = """
INSERT INTO conversations_look AS l (organization_id, conversation_id, person_id, seen_id)
SELECT %s, %s, %s, max(id) FROM conversations_message WHERE conversation_id = %s HAVING max(id) IS NOT NULL
ON CONFLICT (organization_id, conversation_id, person_id)
DO UPDATE SET seen_id = EXCLUDED.seen_id WHERE l.seen_id < EXCLUDED.seen_id
"""


def mark_read(conversation_id: int, *, actor: Actor) -> None:
    """Let the actor have seen all that was said until now (one statement)."""
    with connection.cursor() as cursor:
        cursor.execute(SEE, [actor.organization_id, conversation_id, actor.person_id, conversation_id])
