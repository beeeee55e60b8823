"""Row-level security, composite keys and rights of the tables of `assignment`."""

from django.db import migrations

from reparto.kit.tenancy import insert_only, protect, show_to_queue

NOOP = migrations.RunSQL.noop
#: The ledger: spans never overlap; the app's role may close an open one, once, and nothing else.
LEDGER = [
    migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", NOOP),
    migrations.RunSQL(
        "ALTER TABLE assignment_ownership ADD CONSTRAINT assignment_ownership_no_overlap EXCLUDE USING gist"
        " (organization_id WITH =, contact_id WITH =, tstzrange(since, until) WITH &&)",
        NOOP,
    ),
    # record_decisions: the open span of a contact; at most one.
    migrations.RunSQL(
        "CREATE UNIQUE INDEX assignment_ownership_open ON assignment_ownership (organization_id, contact_id)"
        " WHERE until IS NULL",
        NOOP,
    ),
    migrations.RunSQL("REVOKE UPDATE, DELETE, TRUNCATE ON assignment_ownership FROM reparto_app", NOOP),
    migrations.RunSQL("GRANT UPDATE (until) ON assignment_ownership TO reparto_app", NOOP),
    migrations.RunSQL(
        "CREATE POLICY close_once ON assignment_ownership AS RESTRICTIVE FOR UPDATE"
        " USING (until IS NULL) WITH CHECK (until IS NOT NULL)",
        NOOP,
    ),
]


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("assignment", "0001_tables"), ("contacts", "0002_protect"), ("conversations", "0002_protect")]
    operations = [
        *protect("assignment_desk"),
        *protect(
            "assignment_waiting",
            refers={"contact_id": "contacts_contact", "conversation_id": "conversations_conversation"},
        ),
        *protect("assignment_sitting"),
        *protect(
            "assignment_decision",
            refers={
                "contact_id": "contacts_contact",
                "conversation_id": "conversations_conversation",
                "owner_id": "people_person",
                "actor_id": "people_person",
                "sitting_id": "assignment_sitting",
            },
        ),
        *protect("assignment_ownership", refers={"contact_id": "contacts_contact", "person_id": "people_person"}),
        *protect("assignment_cursor"),
        *insert_only("assignment_decision"),
        *insert_only("assignment_sitting"),
        *show_to_queue("assignment_waiting", "organization_id, id, due_at, outcome", where="true"),
        # explain: a command is handed a decision's id and must learn whose it is, nothing else.
        *show_to_queue("assignment_decision", "organization_id, id", where="true"),
        *LEDGER,
    ]
