"""Messages from before 0003 are found by their words, too."""

from typing import Any

from django.db import migrations

from reparto.engine import fold

#: Rows of one statement: each is its own transaction, so that work goes on beside a long history.
AT_ONCE = 2000
OLD = "SELECT id, text FROM conversations_message WHERE folded = '' AND text <> '' AND id > %s ORDER BY id LIMIT %s"
WRITE = """
UPDATE conversations_message m SET folded = new.folded
FROM unnest(%s::bigint[], %s::text[]) AS new (id, folded) WHERE m.id = new.id AND m.folded = ''
"""


def fold_old(cursor: Any) -> int:
    """Fold the messages of all organizations that were never folded; return how many."""
    cursor.execute("SELECT DISTINCT organization_id FROM kit_door ORDER BY 1")
    return sum(_fold_of(cursor, organization_id) for (organization_id,) in cursor.fetchall())


def _fold_of(cursor: Any, organization_id: int) -> int:
    # The owner, too, sees and writes only what is of the organization that was entered.
    cursor.execute("SELECT set_config('reparto.organization', %s, false)", [str(organization_id)])
    done, last = 0, 0
    while rows := _next(cursor, last):
        last = rows[-1][0]
        cursor.execute(WRITE, [[row[0] for row in rows], [fold(row[1]) for row in rows]])
        done += len(rows)
    cursor.execute("SELECT set_config('reparto.organization', '', false)")
    return done


def _next(cursor: Any, last: int) -> list[tuple[int, str]]:
    cursor.execute(OLD, [last, AT_ONCE])
    return list(cursor.fetchall())


def forwards(apps: Any, schema_editor: Any) -> None:
    """Fold them, each parcel by itself."""
    with schema_editor.connection.cursor() as cursor:
        fold_old(cursor)


class Migration(migrations.Migration):
    """Data only; what runs meanwhile folds what it writes."""

    atomic = False
    dependencies = [("conversations", "0011_search_what_stands"), ("kit", "0002_protect")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
