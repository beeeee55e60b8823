"""Row-level security, composite keys and rights of the tables of `intake`."""

from django.db import migrations

from reparto.kit.tenancy import protect, show_to_queue


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("intake", "0001_tables"), ("channels", "0002_protect")]
    operations = [
        *protect("intake_delivery", refers={"account_id": "channels_account"}),
        *protect("intake_quarantine", refers={"delivery_id": "intake_delivery"}),
        *show_to_queue("intake_delivery", "organization_id, id, received_at, absorbed_at", where="absorbed_at IS NULL"),
    ]
