"""How much of one account somebody may have open at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be null: nothing is rewritten, and the old code need not know it."""

    dependencies = [("channels", "0004_effort")]
    operations = [
        migrations.AddField("accountmode", "cap", models.PositiveIntegerField(null=True)),
        # Few have one; whoever decides asks for those.
        migrations.AddIndex(
            "accountmode",
            models.Index(
                fields=["organization", "person"],
                condition=models.Q(("cap__isnull", False)),
                name="channels_accountmode_capped",
            ),
        ),
    ]
