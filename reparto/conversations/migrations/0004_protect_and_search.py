"""Row-level security of looks and drafts; search in what was said."""

from django.db import migrations

from reparto.kit.tenancy import CURRENT, protect

NOOP = migrations.RunSQL.noop
#: As for contacts: row-level security keeps `LIKE` from using the trigram index, so substring search goes through this
#: one reviewed function; it takes the organization from the setting and returns ids of conversations only.
SEARCH = [
    # conversations_saying: substring of a message.
    migrations.RunSQL(
        "CREATE INDEX conversations_message_search ON conversations_message"
        " USING gin (organization_id, folded gin_trgm_ops)",
        "DROP INDEX conversations_message_search",
    ),
    migrations.RunSQL(
        "CREATE POLICY search ON conversations_message FOR SELECT TO reparto_owner USING (true)",
        "DROP POLICY search ON conversations_message",
    ),
    migrations.RunSQL(
        f"""
        CREATE FUNCTION conversations_saying(needle text) RETURNS SETOF bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT DISTINCT conversation_id FROM conversations_message
            WHERE organization_id = {CURRENT}
              AND folded LIKE '%' || replace(replace(replace(needle, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
        $$""",
        "DROP FUNCTION conversations_saying(text)",
    ),
    migrations.RunSQL("REVOKE EXECUTE ON FUNCTION conversations_saying(text) FROM PUBLIC", NOOP),
    migrations.RunSQL("GRANT EXECUTE ON FUNCTION conversations_saying(text) TO reparto_app", NOOP),
]


class Migration(migrations.Migration):
    """Protect what 0003 made."""

    dependencies = [("conversations", "0003_looks_drafts_folded"), ("contacts", "0002_protect")]
    operations = [
        *protect(
            "conversations_look", refers={"conversation_id": "conversations_conversation", "person_id": "people_person"}
        ),
        *protect(
            "conversations_draft",
            refers={"conversation_id": "conversations_conversation", "person_id": "people_person"},
        ),
        *SEARCH,
    ]
