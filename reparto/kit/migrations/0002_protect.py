"""Row-level security, composite keys and rights of the tables of `kit`."""

from django.db import migrations

from reparto.kit.tenancy import CURRENT, insert_only, protect, show_to_queue


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("kit", "0001_tables")]
    operations = [
        *protect("kit_outbox"),
        *protect("kit_auditentry"),
        *protect("kit_idempotencykey"),
        *insert_only("kit_auditentry"),
        *show_to_queue("kit_outbox", "organization_id, id, due_at, state", where="state IN ('pending', 'sending')"),
        # An organization is its own row: the policy compares the id itself.
        migrations.RunSQL("ALTER TABLE kit_organization ENABLE ROW LEVEL SECURITY", migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE kit_organization FORCE ROW LEVEL SECURITY", migrations.RunSQL.noop),
        migrations.RunSQL(
            f"CREATE POLICY organization ON kit_organization USING (id = {CURRENT}) WITH CHECK (id = {CURRENT})",
            migrations.RunSQL.noop,
        ),
        # The cache of Django (rate limits): shared by all processes, lost without harm.
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE kit_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL,"
            " expires timestamptz NOT NULL)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL("CREATE INDEX kit_cache_expires ON kit_cache (expires)", migrations.RunSQL.noop),
    ]
