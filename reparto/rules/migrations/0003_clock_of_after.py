"""Whether a rule counts calendar or working time. The preset of the database serves code that does not know it yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rules", "0002_protect")]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="after_clock",
            field=models.CharField(db_default="calendar", default="calendar", max_length=10),
        ),
    ]
