"""Find the spans of a time, and the decisions that take another one back: what people's results are measured by."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the indexes."""

    atomic = False
    dependencies = [("assignment", "0005_measures")]
    operations = [
        AddIndexConcurrently(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("undoes__isnull", False)),
                fields=["organization", "undoes"],
                name="assignment_decision_undoes",
            ),
        ),
        # measure_people: the spans that began in a window. Rows come in the order of time, so it costs next to nothing.
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY assignment_ownership_since ON assignment_ownership"
            " USING brin (since) WITH (autosummarize = on)",
            "DROP INDEX CONCURRENTLY assignment_ownership_since",
        ),
    ]
