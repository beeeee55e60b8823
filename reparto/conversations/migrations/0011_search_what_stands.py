"""Search finds what stands: not the wording of an edit, which the edited message has or has no more."""

from django.db import migrations

from reparto.kit.tenancy import CURRENT


def function(also: str) -> str:
    """Return the statement that makes the search as 0004 made it, of messages of which this is true as well."""
    return f"""
        CREATE OR REPLACE FUNCTION conversations_saying(needle text) RETURNS SETOF bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT DISTINCT conversation_id FROM conversations_message
            WHERE organization_id = {CURRENT}{also}
              AND folded LIKE '%' || replace(replace(replace(needle, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
        $$"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0010_wake_snoozed")]
    operations = [migrations.RunSQL(function(" AND applied_at IS NULL"), function(""))]
