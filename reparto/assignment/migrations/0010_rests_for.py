"""A round that has ended is kept with whom its rules could have given it to, so that somebody new begins it again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: what it writes has none, and is looked at once more."""

    dependencies = [("assignment", "0009_last_tries")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.AddField("round", "rests_for", models.JSONField(null=True)),
    ]
