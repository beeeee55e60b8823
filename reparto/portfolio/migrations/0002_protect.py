"""Row-level security, composite keys and rights of the tables of `portfolio`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("portfolio", "0001_tables"), ("channels", "0002_protect")]
    operations = [
        *protect(
            "portfolio_directassignment",
            refers={
                "account_id": "channels_account",
                "primary_id": "people_person",
                "backup_id": "people_person",
                "supervisor_id": "people_person",
            },
        ),
    ]
