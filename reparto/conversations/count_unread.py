"""
How many messages of the contact a person has not seen, in each of some conversations.

To whoever never opened a conversation, what nobody has answered is new; the past of a long one is not read.
"""

from collections.abc import Collection

from reparto.kit.prepared import prepared_cursor
from reparto.people.actor import Actor

#: Beyond this nothing more is said, and it costs.
MOST_COUNTED = 999
#: Of the conversation `c`, for the person `me`. An edit or a removal is no word of its own. Where new begins is a value
#: of its own (SELECT …): row-level security lets no expression narrow the reading of an index.
UNREAD = f"""
    (SELECT count(*) FROM (
        SELECT FROM conversations_message m
        WHERE m.conversation_id = c.id AND m.direction = 'in' AND NOT m.private AND m.applied_at IS NULL AND m.id > (
            SELECT coalesce(
                (SELECT e.seen_id FROM conversations_look e WHERE e.conversation_id = c.id AND e.person_id = me.id),
                CASE WHEN c.waiting_since IS NOT NULL THEN coalesce(
                    (SELECT b.id FROM conversations_message b
                     WHERE b.conversation_id = c.id AND b.created_at < c.waiting_since ORDER BY b.id DESC LIMIT 1), 0)
                END))
        LIMIT {MOST_COUNTED}) AS new)"""
COUNT = f"""
SELECT c.id, {UNREAD} FROM (SELECT %s::bigint AS id) AS me
CROSS JOIN conversations_conversation c WHERE c.id = ANY(%s::bigint[])
"""


def count_unread(conversation_ids: Collection[int], *, actor: Actor) -> dict[int, int]:
    """Return how many messages the actor has not seen, by conversation (one query)."""
    if not conversation_ids:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(COUNT, [actor.person_id, list(conversation_ids)])
        return dict(cursor.fetchall())
