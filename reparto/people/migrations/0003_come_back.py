"""Replies of those who are away, and the queue's look at who comes back by themselves."""

from django.db import migrations, models

from reparto.kit.tenancy import show_to_queue


class Migration(migrations.Migration):
    """A column with a preset of the database's own, so that the code before it goes on."""

    dependencies = [("people", "0002_protect")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="reassign_replies",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("availability_until__isnull", False)),
                fields=["organization", "availability_until"],
                name="people_person_comes_back",
            ),
        ),
        *show_to_queue(
            "people_person",
            "organization_id, id, availability_until, suspended_at",
            where="availability_until IS NOT NULL",
        ),
    ]
