"""Which place a group has among those beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column with a preset in the database: the old code need not know it."""

    dependencies = [("people", "0004_limits")]
    operations = [
        migrations.AddField("group", "position", models.PositiveIntegerField(default=0, db_default=0)),
    ]
