"""Find who changed one thing without reading all that was ever changed."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the index."""

    atomic = False
    dependencies = [("kit", "0003_forget_answers")]
    operations = [
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(
                fields=["organization", "object_kind", "object_id", "-id"], name="kit_auditentry_of_object"
            ),
        ),
    ]
