"""Row-level security, composite keys and rights of the tables of `rules`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("rules", "0001_tables"), ("people", "0002_protect")]
    operations = [
        *protect("rules_rule"),
        *protect("rules_rulesetversion", refers={"publisher_id": "people_person"}),
    ]
