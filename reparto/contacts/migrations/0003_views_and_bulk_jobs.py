"""Views of the list and work on many contacts, protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect, show_to_queue


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_protect"),
        ("kit", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change", models.CharField(default="", max_length=10)),
                ("tag", models.CharField(default="", max_length=100)),
                ("undoes", models.BigIntegerField(null=True)),
                ("contact_ids", models.JSONField(default=list)),
                ("worked", models.PositiveIntegerField(default=0)),
                ("done", models.JSONField(default=list)),
                ("skipped", models.JSONField(default=list)),
                ("state", models.CharField(default="chosen", max_length=10)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("actor", reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL)),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["organization", "id"],
                        name="contacts_bulkjob_running",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("shared", models.BooleanField(default=False)),
                ("address", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["organization", "person", "id"], name="contacts_savedview_by_person")],
            },
        ),
        *protect("contacts_savedview", refers={"person_id": "people_person"}),
        *protect("contacts_bulkjob", refers={"actor_id": "people_person", "person_id": "people_person"}),
        *show_to_queue("contacts_bulkjob", "organization_id, id, state", where="state = 'running'"),
    ]
