"""A change of many contacts knows whose each of them was when it was chosen."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: of its rows no owner is known, and none is asked about."""

    dependencies: ClassVar = [("contacts", "0014_scopes_of_bulk")]
    operations: ClassVar = [
        migrations.AddField("bulkjob", "owners", models.JSONField(db_default={}, default=dict)),
    ]
