"""
State anew when contacts were followed up last, from what is there: recorded follow-ups, public answers by people, and
answered calls. For whoever takes something of it away; what is added only moves it forward (`mark_followed_up`).

An answer that certainly did not leave is none (UP-5).
"""

from collections.abc import Collection
from typing import Final

from reparto.kit.prepared import prepared_cursor
from reparto.kit.tenancy import CURRENT
from reparto.kit.write_array import write_array

#: Contacts before messages, as everybody does who takes both.
HOLD = f"""
SELECT c.id FROM contacts_contact c
WHERE c.organization_id = {CURRENT} AND c.id IN (
    SELECT v.contact_id FROM conversations_conversation v
    WHERE v.organization_id = {CURRENT} AND v.id = ANY(%(conversations)s::bigint[])
)
ORDER BY c.id FOR NO KEY UPDATE
"""
#: Of a message `m`: it is a person's public answer, or a call that was answered.
ANSWERED: Final = """NOT m.private AND NOT m.automatic
      AND (m.direction = 'out' AND m.author_id IS NOT NULL AND m.status <> 'failed'
           OR m.kind = 'call' AND m.payload @? '$.call.facts[*][0] ? (@ == "answered")')"""
RESTATE = f"""
UPDATE contacts_contact c SET last_follow_up_at = greatest((
    SELECT max(f.at) FROM contacts_followup f WHERE f.organization_id = {CURRENT} AND f.contact_id = c.id
), (
    SELECT max(m.created_at) FROM conversations_conversation v
    JOIN conversations_message m ON m.organization_id = v.organization_id AND m.conversation_id = v.id
    WHERE v.organization_id = {CURRENT} AND v.contact_id = c.id AND {ANSWERED}
))
WHERE c.organization_id = {CURRENT} AND c.id = ANY(%(contacts)s::bigint[])
"""


def hold_contacts_of(conversation_ids: Collection[int]) -> list[int]:
    """Take the rows of the contacts of these conversations, and return their ids."""
    with prepared_cursor() as cursor:
        cursor.execute(HOLD, {"conversations": write_array(conversation_ids)})
        return [row[0] for row in cursor.fetchall()]


def restate_follow_ups(contact_ids: Collection[int]) -> None:
    """State it for these contacts; the caller holds their rows."""
    with prepared_cursor() as cursor:
        cursor.execute(RESTATE, {"contacts": write_array(contact_ids)})
