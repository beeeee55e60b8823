"""What the last try said of what waits: when, in short, and whole where it differs from the decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: it does not know the columns, and leaves them as they are."""

    dependencies = [("assignment", "0008_one_key_less")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.AddField("waiting", "tried_at", models.DateTimeField(null=True)),
        migrations.AddField("waiting", "tried_key", models.CharField(db_default="", default="", max_length=32)),
        migrations.AddField("waiting", "tried", models.JSONField(null=True)),
    ]
