"""Contact list: the tab of clients and its count, without reading everybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the index."""

    atomic = False
    dependencies = [("contacts", "0003_views_and_bulk_jobs")]
    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("kind", "client")), fields=["organization", "-id"], name="contacts_contact_clients"
            ),
        ),
    ]
