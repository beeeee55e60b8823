"""Count contacts without anybody, and find what was merged into one, without reading everybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Safe while the old code runs: nothing waits for the indexes."""

    atomic = False
    dependencies = [("contacts", "0006_merges_and_order")]
    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("owner__isnull", True)),
                fields=["organization", "-id"],
                name="contacts_contact_unassigned",
            ),
        ),
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["organization", "merged_into"],
                name="contacts_contact_merged",
            ),
        ),
    ]
