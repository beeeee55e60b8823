"""The files of messages."""

import django.db.models.deletion
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """One table; old code goes on beside it."""

    dependencies = [("conversations", "0008_quick_replies"), ("kit", "0003_forget_answers")]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("media_id", models.CharField(default="", max_length=200)),
                ("name", models.CharField(max_length=240)),
                ("mime_type", models.CharField(max_length=127)),
                ("content", models.BinaryField(null=True)),
                ("size", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(max_length=10)),
                (
                    "conversation",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to="conversations.conversation"),
                ),
                ("message", reparto.kit.fields.Reference(db_index=False, related_name="+", to="conversations.message")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kit.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "message"), name="conversations_attachment_one")
                ],
            },
        ),
        *protect(
            "conversations_attachment",
            refers={"message_id": "conversations_message", "conversation_id": "conversations_conversation"},
        ),
    ]
