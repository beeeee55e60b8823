"""An index for the edits and removals of a message, made without stopping those who write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Not in one transaction: PostgreSQL makes an index beside writers only outside of any."""

    atomic = False
    dependencies = [("conversations", "0005_message_changes")]
    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                fields=["organization", "account", "about"],
                condition=models.Q(kind__in=["edit", "revoke"]),
                name="conversations_message_changes",
            ),
        ),
    ]
