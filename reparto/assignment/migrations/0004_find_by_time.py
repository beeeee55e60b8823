"""Find the decisions of a time, for figures over a period."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the index."""

    atomic = False
    dependencies = [("assignment", "0003_handovers")]
    operations = [
        AddIndexConcurrently(
            model_name="decision",
            index=models.Index(fields=["organization", "at"], name="assignment_decision_by_at"),
        ),
    ]
