"""Find who works a conversation: the two keys that forbid repeats hold only people, or only groups."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the index."""

    atomic = False
    dependencies = [("conversations", "0012_fold_what_was_said")]
    operations = [
        AddIndexConcurrently(
            model_name="assignee",
            index=models.Index(fields=["organization", "conversation"], name="conversations_assignee_of"),
        ),
    ]
