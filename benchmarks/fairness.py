"""Load and fairness of a month with a million decisions: from the decisions themselves, and from sums by the hour."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from django.db import connection

from reparto.assignment.decide_waiting import decide_waiting
from reparto.kit.choose_period import choose_period
from reparto.kit.tenancy import in_organization
from reparto.reports.choose_scope import choose_scope
from reparto.reports.measure_fairness import measure_fairness
from reparto.reports.read_tally import read_tally
from reparto.reports.sum_decisions import sum_decisions

from .population import AT, Company, a_company, add_contacts, gather_statistics

#: Decided by the desk; each of them is then repeated over the month, a sitting an instant.
DECIDED = 2_000
TIMES = {False: 50, True: 500}
MONTH = timedelta(days=29)
REPEAT = """
INSERT INTO assignment_decision (organization_id, at, contact_id, outcome, route, owner_id, person_ids, group_ids,
    rule_id, rule_version, rule_position, sitting_id, place, trace, reason)
SELECT d.organization_id, d.at - t.number * %(apart)s::interval - d.sitting_id %% 40 * interval '1 minute',
       d.contact_id, d.outcome, d.route, d.owner_id, d.person_ids, d.group_ids, d.rule_id, d.rule_version,
       d.rule_position, d.sitting_id, d.place, d.trace, d.reason
FROM assignment_decision d CROSS JOIN generate_series(1, %(times)s - 1) AS t (number)
"""


def run() -> dict[str, float]:
    """Print how long each takes, and return the page's milliseconds from sums."""
    company, count = _repeat("--full" in sys.argv)
    period = choose_period("last_30_days", zone="America/Mexico_City", at=AT)

    def count_it() -> None:
        read_tally(period, choose_scope(company.admin))

    def measure_it() -> None:
        measure_fairness(period, choose_scope(company.admin), at=AT)

    with in_organization(company.organization_id):
        counted, measured = _milliseconds(count_it, 1), _milliseconds(measure_it, 1)
    begun = time.perf_counter()
    while sum_decisions(company.organization_id, at=AT):
        pass
    summed = time.perf_counter() - begun
    gather_statistics()
    with in_organization(company.organization_id):
        after, page = _milliseconds(count_it, 5), _milliseconds(measure_it, 5)
    print(f"\nLoad and fairness of 30 days with {count:,} decisions, 20 people")
    print(f"  from decisions: counts {counted:,.0f} ms, all figures {measured:,.0f} ms")
    print(f"  from sums:      counts {after:,.0f} ms, all figures {page:,.0f} ms")
    print(f"  adding up: {count / summed:,.0f} decisions/s")
    return {"fairness page ms": page}


def _repeat(whole: bool) -> tuple[Company, int]:
    company, times = a_company(), TIMES[whole]
    add_contacts(company, DECIDED, line=True)
    for _ in range(DECIDED // 50):
        decide_waiting(company.organization_id, at=AT, limit=50)
    asked: dict[str, Any] = {"times": times, "apart": MONTH / times}
    with in_organization(company.organization_id), connection.cursor() as cursor:
        cursor.execute(REPEAT, asked)
        cursor.execute("SELECT count(*) FROM assignment_decision")
        count = int(cursor.fetchone()[0])
    gather_statistics()
    return company, count


def _milliseconds(work: Callable[[], None], runs: int) -> float:
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - begun))
    return median(took)
