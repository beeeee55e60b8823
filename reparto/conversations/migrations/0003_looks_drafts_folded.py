"""How far each person has read, what they have begun to write, and what was said as search reads it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields


class Migration(migrations.Migration):
    """Two tables and a column; old code goes on beside them."""

    dependencies = [
        ("conversations", "0002_protect"),
        ("kit", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="folded",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("private", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField()),
                (
                    "conversation",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to="conversations.conversation"),
                ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "conversation", "person"), name="conversations_draft_one_per_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_id", models.BigIntegerField()),
                (
                    "conversation",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to="conversations.conversation"),
                ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "conversation", "person"), name="conversations_look_one_per_person"
                    )
                ],
            },
        ),
    ]
