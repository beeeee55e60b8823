"""Which kinds there were when somebody chose: those that came since follow their preset."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """
    One column with a constant, so no row is touched; old code goes on beside it.

    Of the two kinds that came since the first three nobody can say whether a stored choice refused them or did not
    know them, so both are heard until they are refused.
    """

    dependencies = [("notifications", "0005_one_key_less")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.AddField(
            "notificationchoices", "known", models.JSONField(db_default=["assigned", "mention", "merged"])
        ),
    ]
