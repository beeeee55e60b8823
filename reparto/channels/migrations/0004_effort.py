"""How much each conversation on an account takes of a person's capacity."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column with a constant preset: nothing is rewritten, and the old code need not know it."""

    dependencies = [("channels", "0003_message_templates")]
    operations = [
        migrations.AddField("account", "effort", models.PositiveSmallIntegerField(db_default=1, default=1)),
    ]
