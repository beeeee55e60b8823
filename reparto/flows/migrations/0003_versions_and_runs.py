"""Frozen versions of flows and their runs, protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import insert_only, protect, show_to_queue

ORGANIZATION = models.ForeignKey(
    db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="kit.organization"
)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0008_fresh_tags"),
        ("conversations", "0006_find_changes"),
        ("flows", "0002_protect"),
        ("kit", "0003_forget_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("flow", "active", models.BooleanField(db_default=True, default=True)),
        migrations.AddField("flow", "published_number", models.PositiveIntegerField(null=True)),
        migrations.CreateModel(
            name="FlowVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("trigger", models.JSONField()),
                ("filters", models.JSONField()),
                ("steps", models.JSONField()),
                ("published_at", models.DateTimeField()),
                ("flow", reparto.kit.fields.Reference(db_index=False, related_name="+", to="flows.flow")),
                ("organization", ORGANIZATION.clone()),
                (
                    "publisher",
                    reparto.kit.fields.Reference(
                        db_index=False, null=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "flow", "number"), name="flows_flowversion_one_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=400)),
                ("step", models.JSONField(default=list)),
                ("due_at", models.DateTimeField()),
                ("state", models.CharField(default="running", max_length=10)),
                ("story", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("contact", reparto.kit.fields.Reference(db_index=False, related_name="+", to="contacts.contact")),
                (
                    "conversation",
                    reparto.kit.fields.Reference(
                        db_index=False, null=True, related_name="+", to="conversations.conversation"
                    ),
                ),
                ("flow", reparto.kit.fields.Reference(db_index=False, related_name="+", to="flows.flow")),
                ("organization", ORGANIZATION.clone()),
                ("version", reparto.kit.fields.Reference(db_index=False, related_name="+", to="flows.flowversion")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["organization", "due_at", "id"],
                        name="flows_run_due",
                    ),
                    models.Index(fields=["organization", "flow", "-id"], name="flows_run_latest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "flow", "cause"), name="flows_run_one_per_cause"),
                    models.UniqueConstraint(
                        condition=models.Q(("conversation__isnull", False), ("state", "running")),
                        fields=("organization", "flow", "conversation"),
                        name="flows_run_one_at_a_time",
                    ),
                ],
            },
        ),
        *protect("flows_flowversion", refers={"flow_id": "flows_flow", "publisher_id": "people_person"}),
        *insert_only("flows_flowversion"),
        *protect(
            "flows_run",
            refers={
                "flow_id": "flows_flow",
                "version_id": "flows_flowversion",
                "contact_id": "contacts_contact",
                "conversation_id": "conversations_conversation",
            },
        ),
        *show_to_queue("flows_run", "organization_id, id, due_at, state", where="state = 'running'"),
    ]
