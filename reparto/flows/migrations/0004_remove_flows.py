"""A flow can be removed: what it did stays in its versions and runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column that may be null: nothing waits for it."""

    dependencies = [("flows", "0003_versions_and_runs")]
    operations = [migrations.AddField("flow", "removed_at", models.DateTimeField(null=True))]
