"""
P3: a rule gives many contacts to others, each with its decision and span, against one bare UPDATE with its audit rows.

Meanwhile somebody else asks for the desk again and again; how long they wait is measured too. `--full`: a million.
"""

import resource
import sys
import threading
import time
from datetime import timedelta

import psycopg
from django.db import connection, transaction

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.sweep_late import sweep_late
from reparto.kit.tenancy import enter_organization, in_organization
from reparto.rules.add_rule import add_rule
from reparto.rules.rule_draft import RuleDraft

from .bare_desk import connect
from .population import AT, MANY, Company, a_company, add_contacts, gather_statistics

LATER = AT + timedelta(days=30)
#: So many are added at a time, so that the measure itself needs little memory.
LOT = 20_000
OWNED = """
WITH given AS (
    UPDATE contacts_contact SET owner_id = (%(people)s::bigint[])[1 + id %% cardinality(%(people)s::bigint[])]
    WHERE id = ANY(%(contacts)s::bigint[]) RETURNING organization_id, id, owner_id
)
INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)
SELECT organization_id, id, owner_id, %(at)s, 0 FROM given
"""
#: One statement does all of it: owner, and a row of the same width as the desk's decision, traces left out.
BARE = """
WITH given AS (
    UPDATE contacts_contact SET owner_id = (%(people)s::bigint[])[1 + (id + 1) %% cardinality(%(people)s::bigint[])],
        version = version + 1, updated_at = %(at)s
    WHERE organization_id = %(organization)s AND owner_id IS NOT NULL RETURNING id, owner_id
)
INSERT INTO assignment_decision
    (organization_id, at, contact_id, outcome, route, owner_id, person_ids, group_ids, reason, trace)
SELECT %(organization)s, %(at)s, id, 'assigned', 'rule', owner_id, to_jsonb(ARRAY[owner_id]), '[]', 'rule_matched',
       '{"steps": [0], "candidates": 0}'
FROM given
"""


def run() -> dict[str, float]:
    """Print both sides once: each moves everybody, so that a second pair would meet another table."""
    many = 10 * MANY if "--full" in sys.argv else MANY
    company = _prepared(many)
    raw = _bare(company, many)
    ours, waits, grown = _ours(company)
    print(f"\nP3  {many:,} contacts go to others by a rule, 20 people, 7 rules")
    print(f"  {'bare: one UPDATE with its audit rows':<44} {raw:>10,.0f} /s")
    print(f"  {'the sweep: decided, traced, in parcels':<44} {ours:>10,.0f} /s")
    print(f"  others waited for the desk: median {waits[len(waits) // 2]:.0f} ms, most {waits[-1]:.0f} ms (goal ≤ 250)")
    print(f"  memory: {grown:.0f} MB more at the end than at the beginning")
    print(f"ratio: {raw / ours:.1f} times the bare one (goal ≤ 3)")
    return {"P3": raw / ours}


def _prepared(many: int) -> Company:
    company = a_company()
    for seed in range(many // LOT):
        contacts = add_contacts(company, LOT, seed=500 + seed)
        with in_organization(company.organization_id), connection.cursor() as cursor:
            cursor.execute(OWNED, {"people": list(company.people), "contacts": contacts, "at": AT})
    with transaction.atomic():
        enter_organization(company.organization_id)
        lock_desk(company.organization_id)
        to = tuple({"person_id": person} for person in company.people)
        after = {"amount": 7, "unit": "days"}
        add_rule(RuleDraft("Rescatar", to, trigger="no_followup", after=after), actor=company.admin, at=AT)
    gather_statistics()
    return company


def _bare(company: Company, many: int) -> float:
    own = connect(company)
    asked = {"organization": company.organization_id, "people": list(company.people), "at": AT}
    begun = time.perf_counter()
    own.execute(BARE, asked)
    own.commit()
    rate = many / (time.perf_counter() - begun)
    # The spans follow, unmeasured, so that the sweep finds everything as the desk would have left it.
    own.execute("UPDATE assignment_ownership SET until = since WHERE until IS NULL")
    own.execute(
        "INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)"
        " SELECT organization_id, id, owner_id, %s, 0 FROM contacts_contact WHERE owner_id IS NOT NULL",
        [AT],
    )
    own.commit()
    own.close()
    return rate


def _ours(company: Company) -> tuple[float, list[float], float]:
    """Items a second, how long others waited in ms, and by how many MB the process grew."""
    sweep_late(company.organization_id, clock=lambda: LATER)
    with in_organization(company.organization_id):
        halt = open_halt()
        if halt is not None:
            answer_halt(halt.pk, "go_on", actor=company.admin, at=LATER)
    before, done = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, threading.Event()
    waits: list[float] = []
    asking = threading.Thread(target=_ask_for_the_desk, args=(company, done, waits))
    asking.start()
    begun = time.perf_counter()
    moved = sweep_late(company.organization_id, clock=lambda: LATER)
    took = time.perf_counter() - begun
    done.set()
    asking.join()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return moved / took, sorted(waits), grown


def _ask_for_the_desk(company: Company, done: threading.Event, waits: list[float]) -> None:
    """Do as a decision would: take the desk, and leave it at once."""
    try:
        while not done.wait(0.2):
            begun = time.perf_counter()
            with in_organization(company.organization_id):
                lock_desk(company.organization_id)
            waits.append(1000 * (time.perf_counter() - begun))
    except psycopg.Error as error:
        print(f"  somebody could not ask for the desk: {error}")
    finally:
        connection.close()
