"""P10: a replay of history through a draft, items a second and memory, with sittings of one item and of fifty."""

import resource
import time
from datetime import timedelta

from reparto.assignment.decide_waiting import decide_waiting
from reparto.kit.tenancy import in_organization
from reparto.reports.replay_history import begin_history, end_history, replay_page
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.rule_draft import RuleDraft

from .population import AT, Company, a_company, add_contacts, gather_statistics

#: Of 20 agents and 6 rules; a day of a large company in fiftieths of it.
ITEMS = 2_000


def run() -> dict[str, float]:
    """Print both."""
    return {f"P10 of {size}": _measure(size) for size in (1, 50)}


def _measure(size: int) -> float:
    company = a_company(seed=size)
    add_contacts(company, ITEMS, line=True)
    for _ in range(ITEMS // size):
        decide_waiting(company.organization_id, at=AT, limit=size)
    gather_statistics()
    begun, own = time.perf_counter(), time.process_time()
    items = _replay(company)
    seconds, own = time.perf_counter() - begun, time.process_time() - own
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nP10 {items} items in sittings of {size}, 20 agents, through a draft of 6 rules")
    print(f"  {items / seconds:,.0f} items/s (goal ≥ 5,000), {items / own:,.0f} a second of this process's own time")
    print(f"  at most {memory:.0f} MB in this process")
    return items / seconds


def _replay(company: Company) -> int:
    to = tuple({"person_id": person} for person in reversed(company.people))
    filters = [{"field": "city", "op": "is", "value": f"Ciudad {number}"} for number in range(5)]
    drafts = [RuleDraft(f"Regla {number}", to, filters=one) for number, one in enumerate([*filters, {}])]
    with in_organization(company.organization_id):
        rule_set = draft_rule_set(drafts, whole=True)
        history = begin_history(rule_set, since=AT - timedelta(days=90), until=AT + timedelta(days=1))
        while not history.done:
            for _ in replay_page(history):
                pass
        return end_history(history).items
