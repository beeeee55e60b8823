"""What people want to hear outside of the product, and in which browsers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reparto.kit.fields
from reparto.kit.tenancy import protect

ORGANIZATION = models.ForeignKey(
    db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="kit.organization"
)


class Migration(migrations.Migration):
    """Two tables; old code goes on beside them."""

    dependencies = [
        ("kit", "0003_forget_answers"),
        ("notifications", "0003_one_per_job"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotificationChoices",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("push", models.JSONField(default=list)),
                ("mail", models.JSONField(default=list)),
                ("quiet_since", models.TimeField(null=True)),
                ("quiet_until", models.TimeField(null=True)),
                ("organization", ORGANIZATION.clone()),
                ("person", reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "person"), name="notifications_choices_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("endpoint", models.CharField(max_length=1000)),
                ("p256dh", models.CharField(max_length=100)),
                ("auth", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=100)),
                ("browser", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
                ("organization", ORGANIZATION.clone()),
                ("person", reparto.kit.fields.Reference(db_index=False, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "person"], name="notifications_push_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "endpoint"), name="notifications_pushsubscription_one"
                    )
                ],
            },
        ),
        *protect("notifications_notificationchoices", refers={"person_id": "people_person"}),
        *protect("notifications_pushsubscription", refers={"person_id": "people_person"}),
    ]
