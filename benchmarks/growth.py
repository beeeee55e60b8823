"""
P6: what a decision costs as a company grows: with open items, more agents, more rules. `--full`: to the goal's sizes.

Two companies decide in turn (A B A B …) in one database; for open items it is one company, before and after.
"""

import sys
import time
from statistics import median
from typing import Any

from django.db import connection

from reparto.assignment.decide_waiting import decide_waiting
from reparto.kit.tenancy import in_organization

from .population import AT, Company, a_company, add_contacts, gather_statistics

ROUNDS = 7
#: Sittings of one item, and of fifty, so many in a round.
SIZES = {1: 15, 50: 1}
#: So many are added at a time, so that the measure itself needs little memory.
LOT = 10_000
#: As the desk would have left them: an owner with a span, an open conversation, its assignee, their load.
OPEN = """
WITH dealt AS (
    UPDATE contacts_contact SET owner_id = (%(people)s::bigint[])[1 + id %% cardinality(%(people)s::bigint[])]
    WHERE organization_id = %(o)s AND id = ANY(%(contacts)s::bigint[]) RETURNING id, owner_id
), span AS (
    INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)
    SELECT %(o)s, id, owner_id, %(at)s, 0 FROM dealt
), talk AS (
    INSERT INTO conversations_conversation (organization_id, contact_id, account_id, status, opened_at, last_message_at,
                                            preview, preview_kind, version)
    SELECT %(o)s, id, %(a)s, 'open', %(at)s, %(at)s, '', 'text', 2 FROM dealt RETURNING id, contact_id
), put AS (
    INSERT INTO conversations_assignee (organization_id, conversation_id, person_id, route, since)
    SELECT %(o)s, t.id, d.owner_id, 'rule', %(at)s FROM talk t JOIN dealt d ON d.id = t.contact_id
)
INSERT INTO conversations_load AS l (organization_id, person_id, open)
SELECT %(o)s, owner_id, count(*) FROM dealt GROUP BY owner_id
ON CONFLICT (organization_id, person_id) DO UPDATE SET open = l.open + EXCLUDED.open
"""


def run() -> dict[str, float]:
    """Print, for sittings of one item and of fifty, by how much each decision became dearer."""
    full = "--full" in sys.argv
    items, agents, rules = (1_000_000, 500, 100) if full else (50_000, 200, 100)
    print("\nP6  growth: what a decision costs, times what it costs in a small company")
    few, many = a_company(), a_company(people=agents)
    figures = _compare(f"20 to {agents} agents", few, many, goal=agents / 20)
    figures |= _compare(f"6 to {rules} rules", few, a_company(rules=rules), goal=rules / 6)
    return figures | _open_items(few, items)


def _compare(name: str, small: Company, large: Company, *, goal: float) -> dict[str, float]:
    """Let both decide in turn."""
    figures: dict[str, float] = {}
    for size in SIZES:
        _prepare(small, size)
        _prepare(large, size)
        pairs = [(_cost(small, size), _cost(large, size)) for _ in range(ROUNDS + 1)][1:]
        figures |= _tell(name, size, [after / before for before, after in pairs], pairs[-1], goal=goal)
    return figures


def _open_items(company: Company, items: int) -> dict[str, float]:
    """Let one company decide, give it so many open items, and let it decide again."""
    before = {size: _costs(company, size) for size in SIZES}
    figures: dict[str, float] = {}
    for seed in range(items // LOT):
        contacts = add_contacts(company, LOT, seed=700 + seed)
        with in_organization(company.organization_id), connection.cursor() as cursor:
            people = list(company.people)
            asked: dict[str, Any] = {"o": company.organization_id, "a": company.account_id, "people": people}
            cursor.execute(OPEN, {**asked, "contacts": contacts, "at": AT})
    gather_statistics()
    for size, costs in before.items():
        after = _costs(company, size)
        ratios = [one / median(costs) for one in after]
        figures |= _tell(f"0 to {items:,} open items", size, ratios, (median(costs), median(after)), goal=1.2)
    return figures


def _prepare(company: Company, size: int) -> None:
    add_contacts(company, size * SIZES[size] * (ROUNDS + 1), line=True)
    gather_statistics()


def _costs(company: Company, size: int) -> list[float]:
    _prepare(company, size)
    return [_cost(company, size) for _ in range(ROUNDS + 1)][1:]


def _cost(company: Company, size: int) -> float:
    """Return how many milliseconds one item took."""
    begun = time.perf_counter()
    decided = sum(decide_waiting(company.organization_id, at=AT, limit=size) for _ in range(SIZES[size]))
    return 1000 * (time.perf_counter() - begun) / decided


def _tell(name: str, size: int, ratios: list[float], pair: tuple[float, float], *, goal: float) -> dict[str, float]:
    title = f"{name}, sittings of {size}"
    print(f"  {title:<44} {pair[0]:6.2f} ms, then {pair[1]:6.2f} ms an item")
    print(f"ratio: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}; goal ≤ {goal:g})")
    return {f"P6 {title}": median(ratios)}
