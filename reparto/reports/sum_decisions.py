"""
Add what was decided to the sums of its hours, page after page, for a worker that nobody waits for.

The desk knows nothing of it: sums follow the decisions by their ids, and whoever reads adds what came since.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from reparto.kit.tenancy import in_organization

from .models import HourMark
from .tally import TALLY

#: Decisions of one transaction.
PAGE = 20_000
#: When to look again: soon where something happens, seldom where nothing does.
BUSY, QUIET = timedelta(minutes=1), timedelta(minutes=10)
#: Any whole hour.
ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
#: Before any decision.
EVER = datetime(1, 1, 1, tzinfo=UTC)

LAST_OF_PAGE = """
SELECT max(id) FROM (
    SELECT id FROM assignment_decision
    WHERE organization_id = %(organization)s AND id > %(after)s ORDER BY organization_id, id LIMIT %(page)s
) page
"""
ADD = f"""
INSERT INTO reports_hoursum AS s (organization_id, hour, person_id, rule_id, account_id, way, rule_version, received,
    due, given, arrived, at_once, assigned)
SELECT %(organization)s, tally.* FROM ({TALLY}) AS tally
ON CONFLICT (organization_id, hour, person_id, rule_id, account_id, way) DO UPDATE SET
    rule_version = greatest(s.rule_version, excluded.rule_version), received = s.received + excluded.received,
    due = s.due + excluded.due, given = s.given + excluded.given, arrived = s.arrived + excluded.arrived,
    at_once = s.at_once + excluded.at_once, assigned = s.assigned + excluded.assigned
"""


def sum_decisions(organization_id: int, *, at: datetime, page: int = PAGE) -> bool:
    """Add up the next page of an organization; say whether there may be more."""
    with in_organization(organization_id):
        HourMark.objects.bulk_create([HourMark(organization_id=organization_id, due_at=at)], ignore_conflicts=True)
        mark = HourMark.objects.select_for_update(skip_locked=True).first()
        if mark is None:
            return False  # another worker is at it
        upto = _last_of_page(mark, page)
        if upto is not None:
            _add(mark, upto)
        mark.due_at = at + (QUIET if upto is None else BUSY)
        mark.after_id = upto or mark.after_id
        mark.save(update_fields=["due_at", "after_id"])
        return upto is not None


def _last_of_page(mark: HourMark, page: int) -> int | None:
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"organization": mark.organization_id, "after": mark.after_id, "page": page}
        cursor.execute(LAST_OF_PAGE, asked)
        found: int | None = cursor.fetchone()[0]
        return found


def _add(mark: HourMark, upto: int) -> None:
    asked = {"organization": mark.organization_id, "after": mark.after_id, "upto": upto}
    with connection.cursor() as cursor:
        cursor.execute(ADD, asked | {"since": EVER, "origin": ORIGIN})
