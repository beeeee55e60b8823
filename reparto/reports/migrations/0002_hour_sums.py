"""Sums of decisions by the hour, protected; a worker fills them, from the first decision on."""

import django.db.models.deletion
from django.db import migrations, models

from reparto.kit.tenancy import protect, show_to_queue

ORGANIZATION = {
    "db_index": False,
    "on_delete": django.db.models.deletion.DO_NOTHING,
    "related_name": "+",
    "to": "kit.organization",
}


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """New tables only: the old code does not know them."""

    dependencies = [("reports", "0001_tables"), ("kit", "0003_forget_answers")]
    operations = [
        migrations.CreateModel(
            name="HourMark",
            fields=[
                ("id", _id()),
                ("after_id", models.BigIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("organization", models.ForeignKey(**ORGANIZATION)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organization",), name="reports_hourmark_one")],
            },
        ),
        migrations.CreateModel(
            name="HourSum",
            fields=[
                ("id", _id()),
                ("hour", models.DateTimeField()),
                ("person_id", models.BigIntegerField()),
                ("rule_id", models.BigIntegerField()),
                ("account_id", models.BigIntegerField()),
                ("way", models.CharField(max_length=20)),
                ("rule_version", models.IntegerField()),
                ("received", models.IntegerField()),
                ("due", models.FloatField()),
                ("given", models.IntegerField()),
                ("arrived", models.IntegerField()),
                ("at_once", models.IntegerField()),
                ("assigned", models.IntegerField()),
                ("organization", models.ForeignKey(**ORGANIZATION)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "hour", "person_id", "rule_id", "account_id", "way"),
                        name="reports_hoursum_one",
                    )
                ],
            },
        ),
        *protect("reports_hourmark"),
        *protect("reports_hoursum"),
        *show_to_queue("reports_hourmark", "organization_id, id, due_at", where="true"),
        # The worker finds organizations whose sums have not begun: their numbers, which it meets in each queue, no more.
        *show_to_queue("kit_organization", "id", where="true"),
    ]
