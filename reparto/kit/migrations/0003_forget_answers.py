"""Let the queue see which organizations keep first answers that nobody repeats any more."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from reparto.kit.tenancy import show_to_queue


class Migration(migrations.Migration):
    """Not in one transaction: PostgreSQL makes an index beside writers only outside of any."""

    atomic = False
    dependencies = [("kit", "0002_protect")]
    operations = [
        AddIndexConcurrently(
            model_name="idempotencykey",
            index=models.Index(fields=["created_at"], name="kit_idempotencykey_by_age"),
        ),
        *show_to_queue("kit_idempotencykey", "organization_id, created_at", where="true"),
    ]
