"""How much a conversation takes of a capacity, and how many each person was given in this hour and today."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns with constant presets: nothing is rewritten, and the old code need not know them."""

    dependencies = [("conversations", "0013_find_assignees")]
    operations = [
        migrations.AddField("conversation", "effort", models.PositiveSmallIntegerField(db_default=1, default=1)),
        migrations.AddField("load", "hour_at", models.DateTimeField(null=True)),
        migrations.AddField("load", "in_hour", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("load", "day", models.DateField(null=True)),
        migrations.AddField("load", "in_day", models.IntegerField(db_default=0, default=0)),
    ]
