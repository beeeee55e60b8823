"""A run knows how often its next step was tried in vain."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: the database fills the column."""

    dependencies: ClassVar = [("flows", "0004_remove_flows")]
    operations: ClassVar = [
        migrations.AddField("run", "tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
    ]
