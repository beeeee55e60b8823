"""Texts that WhatsApp has approved."""

import django.db.models.deletion
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """One table; old code goes on beside it."""

    dependencies = [("channels", "0002_protect"), ("kit", "0003_forget_answers")]

    operations = [
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=512)),
                ("language", models.CharField(max_length=20)),
                ("body", models.TextField()),
                ("updated_at", models.DateTimeField()),
                (
                    "account",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to="channels.account"),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "account", "name", "language"), name="channels_messagetemplate_once"
                    )
                ],
            },
        ),
        *protect("channels_messagetemplate", refers={"account_id": "channels_account"}),
    ]
