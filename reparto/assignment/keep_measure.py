"""
Keep what was measured of people's results: the desk reads it, and measures by itself only what is missing or old.

The worker measures anew while the rules in force ask for it, so that nobody waits at the desk for it.
"""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from .measure_people import Measured, measure_people, read_measured

#: How often the worker measures.
EVERY: Final = timedelta(minutes=5)
#: From when on the desk does not trust what it finds: the worker must have been away.
TOO_OLD: Final = timedelta(minutes=15)
#: For whoever reads more in one statement.
STORED: Final = "SELECT jsonb_build_object('at', at, 'days', days, 'figures', figures) FROM assignment_measure"
KEEP = """
INSERT INTO assignment_measure (organization_id, at, days, due_at, figures)
VALUES (%(organization)s, %(at)s, %(days)s, %(due)s, %(figures)s)
ON CONFLICT (organization_id) DO UPDATE
SET at = EXCLUDED.at, days = EXCLUDED.days, due_at = EXCLUDED.due_at, figures = EXCLUDED.figures
"""


def keep_measure(organization_id: int, *, days: int, at: datetime) -> Measured:
    """Measure people's results now and keep them."""
    written = measure_people(organization_id, days=days, at=at)
    asked: dict[str, Any] = {
        "organization": organization_id,
        "at": at,
        "days": days,
        "due": at + EVERY,
        "figures": written,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, asked)
    return read_measured(written)


def read_kept(stored: str | None, *, days: int, at: datetime) -> Measured | None:
    """Return what the answer to `STORED` says; None when there is none, or it is of another window, or too old."""
    kept = json.loads(stored or "null")
    if kept is None or kept["days"] != days or at - datetime.fromisoformat(kept["at"]) > TOO_OLD:
        return None
    return read_measured(json.dumps(kept["figures"]))
