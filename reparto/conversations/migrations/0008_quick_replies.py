"""Texts that are said often."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """One table; old code goes on beside it."""

    dependencies = [
        ("conversations", "0007_mentions"),
        ("kit", "0003_forget_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuickReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("updated_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kit.organization",
                    ),
                ),
                (
                    "person",
                    reparto.kit.fields.Reference(
                        db_index=False, null=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "person", "name"),
                        name="conversations_quickreply_name_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        *protect("conversations_quickreply", refers={"person_id": "people_person"}),
    ]
