"""Row-level security, composite keys and rights of the tables of `contacts`."""

from django.db import migrations

from reparto.kit.tenancy import CURRENT, protect

NOOP = migrations.RunSQL.noop
#: Row-level security keeps `LIKE` (not leakproof) from using the trigram index, so substring search goes
#: through this one reviewed function; it takes the organization from the setting and returns ids only.
SEARCH = [
    migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", NOOP),
    migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gin", NOOP),
    # contacts_matching: substring of name, company or address.
    migrations.RunSQL(
        "CREATE INDEX contacts_contact_search ON contacts_contact USING gin (organization_id, search gin_trgm_ops)",
        NOOP,
    ),
    migrations.RunSQL("CREATE POLICY search ON contacts_contact FOR SELECT TO reparto_owner USING (true)", NOOP),
    migrations.RunSQL(
        f"""
        CREATE FUNCTION contacts_matching(needle text) RETURNS SETOF bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT id FROM contacts_contact
            WHERE organization_id = {CURRENT}
              AND search LIKE '%' || replace(replace(replace(needle, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
        $$""",
        NOOP,
    ),
    migrations.RunSQL("REVOKE EXECUTE ON FUNCTION contacts_matching(text) FROM PUBLIC", NOOP),
    migrations.RunSQL("GRANT EXECUTE ON FUNCTION contacts_matching(text) TO reparto_app", NOOP),
]


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("contacts", "0001_tables"), ("channels", "0002_protect"), ("people", "0002_protect")]
    operations = [
        *protect(
            "contacts_contact",
            refers={"owner_id": "people_person", "campaign_id": "people_campaign", "account_id": "channels_account"},
        ),
        *protect("contacts_address", refers={"contact_id": "contacts_contact"}),
        *protect("contacts_tag"),
        *protect("contacts_contacttag", refers={"contact_id": "contacts_contact", "tag_id": "contacts_tag"}),
        *protect("contacts_defaultassignee", refers={"contact_id": "contacts_contact", "person_id": "people_person"}),
        *protect("contacts_customfield"),
        *protect("contacts_followup", refers={"contact_id": "contacts_contact", "person_id": "people_person"}),
        *SEARCH,
    ]
