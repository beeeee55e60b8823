"""Row-level security, composite keys and rights of the tables of `channels`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("channels", "0001_tables"), ("people", "0002_protect")]
    operations = [
        *protect("channels_account", refers={"group_id": "people_group"}),
        *protect("channels_accountmode", refers={"account_id": "channels_account", "person_id": "people_person"}),
    ]
