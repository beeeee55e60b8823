"""A change of many contacts keeps the scopes of the token by which it was begun."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: its rows have none, which is what they were worked with."""

    dependencies: ClassVar = [("contacts", "0013_quiet_since")]
    operations: ClassVar = [
        migrations.AddField("bulkjob", "scopes", models.JSONField(db_default=[], default=list)),
    ]
