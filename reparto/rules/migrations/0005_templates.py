"""E-mail templates."""

import django.db.models.deletion
from django.db import migrations, models

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """One table; old code goes on beside it."""

    dependencies = [("kit", "0003_forget_answers"), ("rules", "0004_drafts")]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("folded", models.CharField(max_length=100)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("version", models.PositiveIntegerField(default=1)),
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
                    models.UniqueConstraint(fields=("organization", "folded"), name="rules_template_one_per_name")
                ],
            },
        ),
        *protect("rules_template"),
    ]
