"""Find the contacts that nobody has followed up for long, without reading everybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the index."""

    atomic = False
    dependencies = [("contacts", "0010_sales")]
    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                models.F("organization"),
                Coalesce("last_follow_up_at", "created_at"),
                condition=models.Q(("merged_into__isnull", True)),
                name="contacts_contact_quiet",
            ),
        ),
    ]
