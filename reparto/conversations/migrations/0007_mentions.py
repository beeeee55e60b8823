"""Who is named in private notes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """One table; old code goes on beside it."""

    dependencies = [
        ("conversations", "0006_find_changes"),
        ("kit", "0003_forget_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveSmallIntegerField()),
                ("length", models.PositiveSmallIntegerField()),
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
                ("person", reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "person", "conversation"], name="conversations_mention_person")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "message", "start", "person"), name="conversations_mention_once"
                    )
                ],
            },
        ),
        *protect(
            "conversations_mention",
            refers={
                "message_id": "conversations_message",
                "conversation_id": "conversations_conversation",
                "person_id": "people_person",
            },
        ),
    ]
