"""Rounds of time-based rules, sweeps that ask first, and when to look next; protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect, show_to_queue


def reference(to: str, *, null: bool = False) -> reparto.kit.fields.Reference:
    """Return a reference as the models write it."""
    return reparto.kit.fields.Reference(db_index=False, null=null, related_name="+", to=to)


def organization() -> models.ForeignKey:
    """Return whose a row is."""
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="kit.organization"
    )


def key() -> models.BigAutoField:
    """Return the id of a row."""
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """New tables and a column that may be empty: the old code does not miss them."""

    dependencies = [
        ("assignment", "0006_find_by_span"),
        ("contacts", "0010_sales"),
        ("kit", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("desk", "late_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", key()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("missed", models.JSONField(default=list)),
                ("rule_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("held_decision_id", models.BigIntegerField(default=0)),
                ("state", models.CharField(max_length=10)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("contact", reference("contacts.contact")),
                ("organization", organization()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "contact"), name="assignment_round_one")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ended")),
                        fields=["organization", "-at"],
                        name="assignment_round_ended",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Halt",
            fields=[
                ("id", key()),
                ("at", models.DateTimeField()),
                ("found", models.PositiveIntegerField()),
                ("of_all", models.PositiveIntegerField()),
                ("by_rule", models.JSONField(default=dict)),
                ("state", models.CharField(default="asks", max_length=10)),
                ("allowed", models.PositiveIntegerField(default=0)),
                ("answered_at", models.DateTimeField(null=True)),
                ("actor", reference(settings.AUTH_USER_MODEL, null=True)),
                ("organization", organization()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "over"), _negated=True),
                        fields=("organization",),
                        name="assignment_halt_one_open",
                    )
                ],
            },
        ),
        *protect("assignment_round", refers={"contact_id": "contacts_contact"}),
        *protect("assignment_halt", refers={"actor_id": "people_person"}),
        # Which organizations have to look for what became due, and nothing else of their desks.
        *show_to_queue("assignment_desk", "organization_id, id, late_at", where="late_at IS NOT NULL"),
    ]
