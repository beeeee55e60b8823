"""The contact list by name."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the index."""

    atomic = False
    dependencies = [("contacts", "0011_find_quiet")]
    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                models.F("organization"),
                KeyTextTransform("name", "folded"),
                models.F("id"),
                name="contacts_contact_by_name",
            ),
        ),
    ]
