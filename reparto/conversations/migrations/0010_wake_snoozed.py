"""The queue's look at what was put off until now."""

from django.db import migrations, models

from reparto.kit.tenancy import show_to_queue


class Migration(migrations.Migration):
    """An index of the few that are put off."""

    dependencies = [("conversations", "0009_attachments")]
    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)),
                fields=["organization", "snoozed_until"],
                name="conversations_snoozed",
            ),
        ),
        *show_to_queue(
            "conversations_conversation", "organization_id, id, snoozed_until", where="snoozed_until IS NOT NULL"
        ),
    ]
