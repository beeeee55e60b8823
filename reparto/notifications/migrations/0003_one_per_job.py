"""One notification a person and job, and the contacts that it tells of."""

import django.db.models.deletion
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Two columns with presets and one table; old code goes on beside them."""

    dependencies = [("kit", "0003_forget_answers"), ("notifications", "0002_protect")]

    operations = [
        migrations.AddField("notification", "key", models.CharField(db_default="", default="", max_length=60)),
        migrations.AddField("notification", "number", models.PositiveIntegerField(db_default=1, default=1)),
        migrations.AddConstraint(
            "notification",
            models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("organization", "person", "key"),
                name="notifications_one_per_job",
            ),
        ),
        migrations.CreateModel(
            name="NotificationContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contact_id", models.BigIntegerField()),
                ("decision_id", models.BigIntegerField()),
                (
                    "notification",
                    reparto.kit.fields.Reference(db_index=False, related_name="+", to="notifications.notification"),
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
                        fields=("organization", "notification", "contact_id"), name="notifications_contact_once"
                    )
                ],
                "indexes": [
                    models.Index(fields=["organization", "decision_id"], name="notifications_contact_decision")
                ],
            },
        ),
        *protect("notifications_notificationcontact", refers={"notification_id": "notifications_notification"}),
    ]
