"""Row-level security, composite keys and rights of the tables of `flows`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("flows", "0001_tables"), ("kit", "0002_protect")]
    operations = [
        *protect("flows_flow"),
    ]
