"""
When whoever has a contact followed it up first: one law, for the criterion that goes by it and for whoever reports it.

A follow-up is a recorded one, a public answer of theirs, or a call that they answered, while the contact is with them.
An answer that certainly did not leave is none.
"""


def first_follow_up(organization: str) -> str:
    """
    Return the expression for a row `s (person_id, contact_id, since, until)`; null when there was none.

    `organization`: the SQL of its id. Served by `contacts_followup_by_contact` and `conversations_message_thread`.
    """
    return f"""least((
            SELECT min(x.at) FROM contacts_followup x
            WHERE x.organization_id = {organization} AND x.contact_id = s.contact_id AND x.person_id = s.person_id
              AND x.at >= s.since AND x.at <= s.until
        ), (
            SELECT min(m.created_at) FROM conversations_conversation v
            JOIN conversations_message m ON m.organization_id = v.organization_id AND m.conversation_id = v.id
            WHERE v.organization_id = {organization} AND v.contact_id = s.contact_id AND m.author_id = s.person_id
              AND (m.direction = 'out' OR m.kind = 'call') AND NOT m.private AND NOT m.automatic
              AND m.status <> 'failed'
              AND m.created_at >= s.since AND m.created_at <= s.until
        ))"""
