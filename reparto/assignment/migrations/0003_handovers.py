"""The work of suspended people on its way to their heirs, protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect, show_to_queue


class Migration(migrations.Migration):
    dependencies = [
        ("assignment", "0002_protect"),
        ("kit", "0003_forget_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_account", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField()),
                ("worked", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(default="running", max_length=10)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "heir",
                    reparto.kit.fields.Reference(
                        db_index=False, null=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
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
                        condition=models.Q(("state", "running")),
                        fields=("organization", "person"),
                        name="assignment_handover_one_running",
                    )
                ],
            },
        ),
        *protect(
            "assignment_handover",
            refers={"person_id": "people_person", "heir_id": "people_person", "asked_by_id": "people_person"},
        ),
        *show_to_queue("assignment_handover", "organization_id, id, state", where="state = 'running'"),
    ]
