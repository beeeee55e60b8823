"""Row-level security, composite keys and rights of the tables of `notifications`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("notifications", "0001_tables"), ("people", "0002_protect")]
    operations = [
        *protect("notifications_notification", refers={"person_id": "people_person"}),
    ]
