"""
Which conversations follow a contact that a sweep gives to somebody else: those of its owner, and those of nobody.

SQL only, so that what the engine is told of them and what is then moved are the same ones.
"""

from typing import Final

#: Format it with `contact` and `owner` as they are called where it stands. What is closed stays as it is, and what only
#: others work stays with them; what is put off goes along, and is nobody's load until it comes back.
ALONG: Final = """
    SELECT x.id, x.account_id, x.effort, x.status, x.snoozed_until, h.had, h.people FROM conversations_conversation x
    CROSS JOIN LATERAL (
        SELECT array_agg(y.person_id ORDER BY y.id) AS people, coalesce(bool_or(y.person_id = {owner}), false) AS had
        FROM conversations_assignee y
        WHERE y.organization_id = %(organization)s AND y.conversation_id = x.id AND y.person_id IS NOT NULL
    ) h
    -- LIMIT keeps the planner from joining whole tables.
    WHERE x.organization_id = %(organization)s AND x.contact_id = {contact} AND x.status <> 'closed'
      AND (h.had OR h.people IS NULL) LIMIT 1000
"""
