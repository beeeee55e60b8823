"""Replays that were asked for, and rules that decide beside those in force, protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect, show_to_queue


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0002_protect"),
        ("conversations", "0002_protect"),
        ("kit", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Shadow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("draft_id", models.BigIntegerField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("rules", models.JSONField()),
                ("state", models.CharField(default="running", max_length=10)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField()),
                ("after_id", models.BigIntegerField(default=0)),
                ("world", models.JSONField(default=dict)),
                ("result", models.JSONField(null=True)),
                (
                    "begun_by",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL),
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
            ],
        ),
        migrations.CreateModel(
            name="ShadowDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("happened", models.JSONField(null=True)),
                ("would", models.JSONField(null=True)),
                ("contact", reparto.kit.fields.Reference(db_index=False, related_name="+", to="contacts.contact")),
                (
                    "conversation",
                    reparto.kit.fields.Reference(
                        db_index=False, null=True, related_name="+", to="conversations.conversation"
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
                ("shadow", reparto.kit.fields.Reference(db_index=False, related_name="+", to="reports.shadow")),
            ],
        ),
        migrations.CreateModel(
            name="Simulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="", max_length=200)),
                ("version", models.PositiveIntegerField(null=True)),
                ("rules", models.JSONField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("state", models.CharField(default="running", max_length=10)),
                ("total", models.PositiveIntegerField(default=0)),
                ("worked", models.PositiveIntegerField(default=0)),
                ("result", models.JSONField(null=True)),
                ("runner", models.CharField(default="", max_length=32)),
                ("beat_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="shadow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("organization",), name="reports_shadow_one_running"
            ),
        ),
        migrations.AddConstraint(
            model_name="shadowdifference",
            constraint=models.UniqueConstraint(
                fields=("organization", "shadow", "item_id"), name="reports_shadowdifference_one_per_item"
            ),
        ),
        *protect("reports_simulation", refers={"asked_by_id": "people_person"}),
        *protect("reports_shadow", refers={"begun_by_id": "people_person"}),
        *protect(
            "reports_shadowdifference",
            refers={
                "shadow_id": "reports_shadow",
                "contact_id": "contacts_contact",
                "conversation_id": "conversations_conversation",
            },
        ),
        *show_to_queue("reports_simulation", "organization_id, id, state, beat_at", where="state = 'running'"),
        *show_to_queue("reports_shadow", "organization_id, id, state, due_at", where="state = 'running'"),
    ]
