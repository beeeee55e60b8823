"""A view of the contact list is the only one of its person with its name; of twins from before, the last stays."""

from typing import Any

from django.db import migrations, models

#: Nobody keeps a view between the deletion and the key; the table is small.
LOCK = "LOCK TABLE contacts_savedview IN SHARE ROW EXCLUSIVE MODE"
FOLD = """
DELETE FROM contacts_savedview twin USING contacts_savedview kept
WHERE twin.organization_id = kept.organization_id AND twin.person_id = kept.person_id
  AND twin.name = kept.name AND twin.id < kept.id
"""


def fold_twins(cursor: Any) -> int:
    """Delete what a later view of the same name has replaced, in all organizations; return how many."""
    cursor.execute("SELECT DISTINCT organization_id FROM kit_door ORDER BY 1")
    return sum(_fold_of(cursor, organization_id) for (organization_id,) in cursor.fetchall())


def _fold_of(cursor: Any, organization_id: int) -> int:
    # The owner, too, sees and writes only what is of the organization that was entered.
    cursor.execute("SELECT set_config('reparto.organization', %s, true)", [str(organization_id)])
    cursor.execute(FOLD)
    folded = int(cursor.rowcount)
    cursor.execute("SELECT set_config('reparto.organization', '', true)")
    return folded


def forwards(apps: Any, schema_editor: Any) -> None:
    """Fold them, and let none come before the key is there."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(LOCK)
        fold_twins(cursor)


class Migration(migrations.Migration):
    """The old code deletes and creates: with the key, the second of two at once is refused instead of doubled."""

    dependencies = [("contacts", "0008_fresh_tags"), ("kit", "0002_protect")]
    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "savedview",
            models.UniqueConstraint(fields=("organization", "person", "name"), name="contacts_savedview_one_a_name"),
        ),
    ]
