"""A delivery knows how often it was tried in vain."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: the database fills the column."""

    dependencies: ClassVar = [("intake", "0002_protect")]
    operations: ClassVar = [
        migrations.AddField("delivery", "tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
    ]
