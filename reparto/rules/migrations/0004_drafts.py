"""Drafts of the whole list, and where a version came from."""

from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0003_clock_of_after"),
        ("people", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rulesetversion",
            name="note",
            field=models.CharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="restores",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="RuleSetDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("base_version", models.PositiveIntegerField()),
                ("content", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    reparto.kit.fields.Reference(
                        db_index=False, null=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kit.organization",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *protect("rules_rulesetdraft", refers={"author_id": "people_person"}),
    ]
