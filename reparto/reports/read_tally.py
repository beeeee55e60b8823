"""
Read the sums of a period, with what was decided since they were added up: shares, what was given, what came in.

The cost follows the hours of the period and the people, not the decisions. Days that do not begin at a whole hour of
UTC are added up from the decisions themselves.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from reparto.assignment.shares import Share
from reparto.kit.choose_period import Period

from .choose_scope import Scope
from .models import HourMark
from .sum_decisions import ORIGIN
from .tally import LAST, TALLY

#: Served by `reports_hoursum_one`.
SUMS = f"""
WITH told AS (
    SELECT hour, person_id, rule_id, account_id, way, rule_version, received, due, given, arrived, at_once, assigned
    FROM reports_hoursum WHERE %(after)s > 0 AND hour >= %(since)s AND hour < %(until)s
    UNION ALL ({TALLY})
), shown AS (
    SELECT t.*, extract(hour FROM t.hour AT TIME ZONE %(zone)s)::int AS clock FROM told t
    WHERE t.hour >= %(since)s AND t.hour < %(until)s AND (%(people)s::bigint[] IS NULL
        OR t.person_id = ANY(%(people)s::bigint[]) OR t.person_id = 0 AND t.account_id = ANY(%(accounts)s::bigint[]))
)
SELECT grouping(rule_id, way, account_id, clock), rule_id, person_id, way, account_id, clock,
       max(rule_version), coalesce(sum(due), 0), coalesce(sum(received), 0)::bigint, coalesce(sum(given), 0)::bigint,
       coalesce(sum(arrived), 0)::bigint, coalesce(sum(at_once), 0)::bigint, coalesce(sum(assigned), 0)::bigint,
       (SELECT max(after_id) FROM reports_hourmark)
FROM shown
GROUP BY GROUPING SETS ((rule_id, person_id), (way, person_id), (account_id), (clock), ())
ORDER BY 1, 2, 3, 4, 5, 6
"""
#: Which of its columns a row leaves out.
BY_RULE, BY_WAY, BY_ACCOUNT, BY_CLOCK, WHOLE = 0b0111, 0b1011, 0b1101, 0b1110, 0b1111


@dataclass(frozen=True, slots=True)
class Came:
    """What came in, and what was given."""

    given: int = 0
    arrived: int = 0
    at_once: int = 0  #: its first decision gave it to somebody
    assigned: int = 0  #: by now


@dataclass(frozen=True, slots=True)
class Tally:
    """All that a period adds up to."""

    shares: list[Share] = field(default_factory=list)
    given: dict[tuple[int, str], int] = field(default_factory=dict)  #: by person and way
    accounts: dict[int, Came] = field(default_factory=dict)  #: 0: contacts without a conversation
    hours: dict[int, Came] = field(default_factory=dict)  #: of the viewer's day
    whole: Came = Came()

    @property
    def decisions(self) -> int:
        """About how many decisions there were, for whoever asks only some of them."""
        return max(self.whole.given, self.whole.arrived)


def read_tally(period: Period, scope: Scope) -> Tally:
    """Return the sums of a period for the people in scope (two queries, and more while sums are being added to)."""
    aligned = (period.since - ORIGIN).total_seconds() % 3600 == 0
    asked: dict[str, Any] = {
        "since": period.since,
        "until": period.until,
        "upto": LAST,
        "origin": ORIGIN if aligned else period.since,
        "zone": period.zone,
        "people": scope.person_ids,
        "accounts": list(scope.account_ids or ()),
    }
    after = _mark() if aligned else 0
    while True:
        rows = _rows(asked | {"after": after})
        moved = rows[-1][-1] or 0
        if moved == after or not aligned:
            return _read(rows)
        # A worker added to the sums between the two questions.
        after = moved


def _mark() -> int:
    return HourMark.objects.values_list("after_id", flat=True).first() or 0


def _rows(asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SUMS, asked)
        return list(cursor.fetchall())


def _read(rows: list[tuple[Any, ...]]) -> Tally:
    tally = Tally(whole=Came(*rows[-1][9:13]))
    for level, rule, person, way, account, clock, version, due, received, *came in (row[:-1] for row in rows):
        if level == BY_RULE and rule:
            tally.shares.append(Share(rule, person, version, due, received))
        elif level == BY_WAY and way:
            tally.given[person, way] = came[0]
        elif level == BY_ACCOUNT and any(came):
            tally.accounts[account] = Came(*came)
        elif level == BY_CLOCK and any(came[1:]):
            tally.hours[clock] = Came(*came)
    return tally
