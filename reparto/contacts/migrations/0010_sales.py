"""Sales: money agreed with a contact; protected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


def reference(to: str, *, null: bool = False) -> reparto.kit.fields.Reference:
    """Return a reference as the models write it."""
    return reparto.kit.fields.Reference(db_index=False, null=null, related_name="+", to=to)


class Migration(migrations.Migration):
    """A new table only: the old code does not know it."""

    dependencies = [
        ("contacts", "0009_one_view_a_name"),
        ("kit", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Sale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("currency", models.CharField(max_length=3)),
                ("at", models.DateTimeField()),
                ("lead_id", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", reference(settings.AUTH_USER_MODEL, null=True)),
                ("contact", reference("contacts.contact")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kit.organization",
                    ),
                ),
                ("recorded_by", reference(settings.AUTH_USER_MODEL)),
                ("seller", reference(settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "contact", "-at"], name="contacts_sale_by_contact")],
            },
        ),
        *protect(
            "contacts_sale",
            refers={
                "contact_id": "contacts_contact",
                "seller_id": "people_person",
                "recorded_by_id": "people_person",
                "cancelled_by_id": "people_person",
            },
        ),
    ]
