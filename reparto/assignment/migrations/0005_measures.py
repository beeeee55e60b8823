"""What is known of people's results, for the criteria that go by them; protected."""

import django.db.models.deletion
from django.db import migrations, models

from reparto.kit.tenancy import protect, show_to_queue


class Migration(migrations.Migration):
    """A new table only: the old code does not know it."""

    dependencies = [("assignment", "0004_find_by_time"), ("kit", "0002_protect")]
    operations = [
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("days", models.PositiveIntegerField()),
                ("due_at", models.DateTimeField()),
                ("figures", models.JSONField(default=dict)),
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
                "constraints": [models.UniqueConstraint(fields=("organization",), name="assignment_measure_one")],
            },
        ),
        *protect("assignment_measure"),
        *show_to_queue("assignment_measure", "organization_id, id, due_at", where="true"),
    ]
