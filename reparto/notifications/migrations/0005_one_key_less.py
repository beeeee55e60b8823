"""
No second key to the organization, where another key of the same row says that there is such a one.

Rows of these tables refer to another row of their organization by a composite key, and that row to the organization.
To look it up again for each row that is written cost as much as any other reference and forbade nothing more.
"""

import django.db.models.deletion
from django.db import migrations, models


def organization() -> models.ForeignKey:
    """Return whose a row is, without a constraint of its own."""
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to="kit.organization",
    )


class Migration(migrations.Migration):
    """Safe while the old code runs: it takes a moment's lock, waits for it only briefly, and touches no row."""

    dependencies = [("kit", "0005_local_time"), ("notifications", "0004_outside")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.AlterField("notification", "organization", organization()),
        migrations.AlterField("notificationcontact", "organization", organization()),
    ]
