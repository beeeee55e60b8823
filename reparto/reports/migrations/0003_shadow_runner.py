"""Which worker lives through the time of rules in the shadow that wait for one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: it does not know the column, and leaves it as it is."""

    dependencies = [("reports", "0002_hour_sums")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.AddField("shadow", "runner", models.CharField(db_default="", default="", max_length=32)),
    ]
