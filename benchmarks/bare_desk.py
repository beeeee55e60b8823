"""
The bare database doing an assignment: the same tables, indexes, policies and durable commits, and nothing else.

Four statements one at a time (lock, owner, decision, turn), or one batch by `unnest`.
"""

import json
from collections.abc import Iterator

import psycopg
from django.db import connection
from psycopg.types.json import Jsonb

from .population import AT, Company

TRACE = {"steps": [5, 4, 3, 2, 1, {"kind": "rule", "reason": "rule_matched", "verdict": "chosen"}], "candidates": 0}


def connect(company: Company) -> psycopg.Connection:
    """Return a connection of one's own, as the app's role, inside the company for good."""
    own = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    own.prepare_threshold = 1
    own.execute("SELECT set_config('reparto.organization', %s, false)", [str(company.organization_id)])
    own.execute(
        "INSERT INTO assignment_desk (organization_id) VALUES (%s) ON CONFLICT DO NOTHING", [company.organization_id]
    )
    own.execute(
        "INSERT INTO assignment_cursor (organization_id, rule_id, state) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING",
        [company.organization_id, '{"rule_id": 0}'],
    )
    own.commit()
    return own


def assign_one_by_one(own: psycopg.Connection, company: Company, contacts: Iterator[int], count: int) -> int:
    """Assign so many contacts, each in a durable transaction of four statements."""
    org = company.organization_id
    for number in range(count):
        contact, owner = next(contacts), company.people[number % len(company.people)]
        own.execute("SELECT id FROM assignment_desk WHERE organization_id = %s FOR UPDATE", [org])
        own.execute("UPDATE contacts_contact SET owner_id = %s, version = version + 1 WHERE id = %s", [owner, contact])
        own.execute(INSERT_ONE, [org, AT, contact, owner, Jsonb([owner]), Jsonb(TRACE)])
        own.execute(
            "UPDATE assignment_cursor SET state = %s WHERE organization_id = %s AND rule_id = 0",
            [Jsonb({"rule_id": 0, "last_person_id": owner, "order": company.people, "sequence": number}), org],
        )
        own.commit()
    return count


INSERT_ONE = """
INSERT INTO assignment_decision
    (organization_id, at, contact_id, outcome, route, owner_id, person_ids, group_ids, reason, trace)
VALUES (%s, %s, %s, 'assigned', 'rule', %s, %s, '[]', 'rule_matched', %s)
"""


def assign_batch(own: psycopg.Connection, company: Company, contacts: list[int]) -> int:
    """Assign a batch in one durable transaction of set statements: owner and decision."""
    org = company.organization_id
    owners = [company.people[number % len(company.people)] for number in range(len(contacts))]
    own.execute("SELECT id FROM assignment_desk WHERE organization_id = %s FOR UPDATE", [org])
    own.execute(
        "UPDATE contacts_contact c SET owner_id = t.owner, version = version + 1"
        " FROM unnest(%s::bigint[], %s::bigint[]) AS t (contact, owner)"
        " WHERE c.organization_id = %s AND c.id = t.contact",
        [contacts, owners, org],
    )
    own.execute(
        "INSERT INTO assignment_decision"
        " (organization_id, at, contact_id, outcome, route, owner_id, person_ids, group_ids, reason, trace)"
        " SELECT %s, %s, contact, 'assigned', 'rule', owner, to_jsonb(ARRAY[owner]), '[]', 'rule_matched', trace"
        " FROM unnest(%s::bigint[], %s::bigint[], %s::jsonb[]) AS t (contact, owner, trace)",
        [org, AT, contacts, owners, [json.dumps(TRACE)] * len(contacts)],
    )
    own.commit()
    return len(contacts)
