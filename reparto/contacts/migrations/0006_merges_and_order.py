"""Merges of contacts, the order of addresses and of the company's own fields; protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect

#: Beside what `protect` made for the columns of 0001: a contact leads only to one of its own organization.
INTO_ITS_OWN = (
    "ALTER TABLE contacts_contact ADD CONSTRAINT contacts_contact_merged_into_id_own"
    " FOREIGN KEY (organization_id, merged_into_id) REFERENCES contacts_contact (organization_id, id) NOT VALID"
)


def reference(to: str, *, null: bool = False) -> reparto.kit.fields.Reference:
    """Return a reference as the models write it."""
    return reparto.kit.fields.Reference(db_index=False, null=null, related_name="+", to=to)


class Migration(migrations.Migration):
    """New columns only: the old code goes on writing rows without them."""

    dependencies = [
        ("contacts", "0005_match_words"),
        ("kit", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("address", "position", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("customfield", "position", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("customfield", "retired_at", models.DateTimeField(null=True)),
        migrations.AddField("contact", "merged_into", reference("contacts.contact", null=True)),
        # No row has one yet, so there is nothing to validate; each new one is checked.
        migrations.RunSQL(INTO_ITS_OWN, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("decision_id", models.BigIntegerField()),
                ("kept_decision_id", models.BigIntegerField(null=True)),
                ("moved", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
                ("actor", reference(settings.AUTH_USER_MODEL)),
                ("kept", reference("contacts.contact")),
                ("merged", reference("contacts.contact")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kit.organization",
                    ),
                ),
                ("owner", reference(settings.AUTH_USER_MODEL, null=True)),
                ("undone_by", reference(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "kept", "-id"], name="contacts_merge_by_kept")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("organization", "merged"),
                        name="contacts_merge_one_at_a_time",
                    )
                ],
            },
        ),
        *protect(
            "contacts_merge",
            refers={
                "kept_id": "contacts_contact",
                "merged_id": "contacts_contact",
                "actor_id": "people_person",
                "owner_id": "people_person",
                "undone_by_id": "people_person",
            },
        ),
    ]
