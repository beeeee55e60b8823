"""How many a person is given in an hour and on a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that may be null: the old code need not know them."""

    dependencies = [("people", "0003_come_back")]
    operations = [
        migrations.AddField("person", "per_hour", models.PositiveIntegerField(null=True)),
        migrations.AddField("person", "per_day", models.PositiveIntegerField(null=True)),
    ]
