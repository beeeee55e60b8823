"""
The books after trouble: what must be true of the rows, whatever was killed on the way.

It reads as the superuser and computes everything anew, by other means than the product's own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from reparto import engine
from reparto.assignment.explain_decision import explain
from reparto.assignment.models import Decision, Sitting
from reparto.assignment.read_trace import read_traces
from reparto.kit.tenancy import in_organization
from reparto.rules.queries import frozen_rule_set
from tests.trouble.yard import Yard

#: What must yield no row, each a sentence and a question of one database.
NEVER = {
    "a message is stored twice": """
        SELECT organization_id, account_id, external_id FROM conversations_message WHERE external_id IS NOT NULL
        GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "an address belongs to two contacts": """
        SELECT organization_id, kind, key FROM contacts_address GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "a contact has no address": """
        SELECT c.id FROM contacts_contact c LEFT JOIN contacts_address a ON a.contact_id = c.id WHERE a.id IS NULL""",
    "a contact has two open conversations on one account": """
        SELECT contact_id, account_id FROM conversations_conversation WHERE status <> 'closed'
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "a conversation has no message": """
        SELECT v.id FROM conversations_conversation v
        LEFT JOIN conversations_message m ON m.conversation_id = v.id WHERE m.id IS NULL""",
    "a contact counts its conversations wrongly": """
        SELECT c.id FROM contacts_contact c LEFT JOIN conversations_conversation v ON v.contact_id = c.id
        GROUP BY c.id HAVING c.conversation_count <> count(v.id)""",
    "a delivery is not absorbed": "SELECT id FROM intake_delivery WHERE absorbed_at IS NULL",
    "a delivery was set aside": "SELECT id, reason FROM intake_quarantine",
    "a conversation has neither a decision nor waits": """
        SELECT v.id FROM conversations_conversation v
        WHERE NOT EXISTS (SELECT FROM assignment_decision d WHERE d.conversation_id = v.id)""",
    "a conversation was assigned twice": """
        SELECT conversation_id FROM assignment_decision WHERE outcome = 'assigned' AND route = 'rule'
        GROUP BY 1 HAVING count(*) > 1""",
    "an assigned conversation has not the assignee of its decision": """
        SELECT d.id FROM assignment_decision d WHERE d.outcome = 'assigned' AND d.conversation_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM conversations_assignee a WHERE a.conversation_id = d.conversation_id
                        AND a.decision_id = d.id AND to_jsonb(a.person_id) <@ d.person_ids)""",
    "a load is not the number of conversations in hand": """
        SELECT p.id, coalesce(l.open, 0) AS kept, count(v.id) AS counted FROM people_person p
        LEFT JOIN conversations_load l ON l.person_id = p.id
        LEFT JOIN conversations_assignee a ON a.person_id = p.id
        LEFT JOIN conversations_conversation v ON v.id = a.conversation_id AND v.status <> 'closed'
        GROUP BY p.id, l.open HAVING coalesce(l.open, 0) <> count(v.id)""",
    "an owner and the ledger differ": """
        SELECT c.id FROM contacts_contact c
        LEFT JOIN assignment_ownership o ON o.contact_id = c.id AND o.until IS NULL
        GROUP BY c.id HAVING count(o.id) <> count(c.owner_id) OR bool_or(o.person_id <> c.owner_id)""",
    "two spans of the ledger overlap": """
        SELECT a.id, b.id FROM assignment_ownership a JOIN assignment_ownership b
          ON a.contact_id = b.contact_id AND a.id < b.id
         AND tstzrange(a.since, a.until) && tstzrange(b.since, b.until)""",
    "an assignment by the desk was not told, or told twice": """
        WITH given AS (
            SELECT d.id, d.contact_id, person::bigint
            FROM assignment_decision d, jsonb_array_elements_text(d.person_ids) person
            WHERE d.outcome = 'assigned' AND d.actor_id IS NULL
        ), told AS (
            SELECT person_id, decision_id, count(*) AS times FROM (
                SELECT person_id, decision_id FROM notifications_notification WHERE decision_id IS NOT NULL
                UNION ALL SELECT n.person_id, c.decision_id FROM notifications_notificationcontact c
                JOIN notifications_notification n ON n.id = c.notification_id) AS each_way GROUP BY 1, 2
        ), gathered AS (
            SELECT DISTINCT n.person_id, c.contact_id FROM notifications_notificationcontact c
            JOIN notifications_notification n ON n.id = c.notification_id
        )
        SELECT g.id, g.person FROM given g
        LEFT JOIN told t ON t.person_id = g.person AND t.decision_id = g.id
        LEFT JOIN gathered m ON m.person_id = g.person AND m.contact_id = g.contact_id
        WHERE t.times > 1 OR t.times IS NULL AND m.contact_id IS NULL""",
    "somebody was told of what was never decided": """
        SELECT n.id FROM notifications_notification n LEFT JOIN assignment_decision d ON d.id = n.decision_id
        WHERE n.key = '' AND d.id IS NULL
        UNION ALL SELECT c.id FROM notifications_notificationcontact c
        LEFT JOIN assignment_decision d ON d.id = c.decision_id WHERE d.id IS NULL""",
    "one notification of many says another number than it tells of": """
        SELECT n.id FROM notifications_notification n
        LEFT JOIN notifications_notificationcontact c ON c.notification_id = n.id
        WHERE n.key <> '' GROUP BY n.id HAVING n.number <> count(c.id)""",
    "a conversation is neither open nor snoozed nor closed": """
        SELECT id FROM conversations_conversation WHERE status NOT IN ('open', 'snoozed', 'closed')""",
}


def check_rows(yard: Yard, *, but: Iterable[str] = ()) -> None:
    """Assert every sentence of `NEVER` (INV-1, 6, 13, 15, 26, 50)."""
    excepted = set(but)
    assert excepted <= set(NEVER)
    broken = {sentence: yard.ask(question)[:5] for sentence, question in NEVER.items() if sentence not in excepted}
    assert {} == {sentence: rows for sentence, rows in broken.items() if rows}


def check_oracle(yard: Yard, accepted: set[str], tried: Mapping[str, str]) -> None:
    """Assert that what was accepted is stored, once, with its writer; and nothing that nobody sent (INV-1)."""
    rows = yard.ask(
        "SELECT m.external_id, a.key FROM conversations_message m"
        " JOIN conversations_conversation v ON v.id = m.conversation_id"
        " JOIN contacts_address a ON a.contact_id = v.contact_id WHERE m.direction = 'in'"
    )
    stored = {row["external_id"]: row["key"] for row in rows}
    assert set() == accepted - set(stored), "lost"
    assert set() == set(stored) - set(tried), "from nowhere"
    assert {} == {one: key for one, key in stored.items() if key != tried[one]}, "of somebody else"
    assert len(rows) == len(stored), "doubled"
    assert len(set(stored.values())) == yard.count("contacts_contact"), "contacts too many"


def check_turns(yard: Yard, rule_id: int, team: list[int]) -> int:
    """Assert that decision k of a rule went to the k-th of a team that was always able, and return how many."""
    rows = yard.ask(
        "SELECT rule_sequence AS turn, person_ids FROM assignment_decision"
        " WHERE rule_id = %s AND outcome = 'assigned' ORDER BY rule_sequence",
        rule_id,
    )
    expected = [(turn + 1, [team[turn % len(team)]]) for turn in range(len(rows))]
    assert expected == [(row["turn"], row["person_ids"]) for row in rows]
    return len(rows)


def check_explanations(organization_id: int, *, most: int = 200) -> None:
    """Assert that decisions, explained as a person asks for it, are what they were (INV-24); so many, evenly spread."""
    with in_organization(organization_id):
        decisions = list(Decision.objects.order_by("id"))
        different = [one.pk for one in decisions[:: len(decisions) // most + 1] if not explain(one).same]
    assert [] == different


def check_sittings(organization_id: int) -> int:
    """Assert that every decision, derived again with its whole sitting, is what it was (INV-24); return how many."""
    with in_organization(organization_id):
        by_sitting: dict[int, list[Decision]] = defaultdict(list)
        for decision in _of_sittings():
            by_sitting[decision.sitting_id or 0].append(decision)
        for sitting in Sitting.objects.order_by("id"):
            _check_sitting(sitting, by_sitting[sitting.pk])
    return sum(map(len, by_sitting.values()))


def _of_sittings() -> QuerySet[Decision]:
    return Decision.objects.filter(sitting__isnull=False).order_by("id")


def _check_sitting(sitting: Sitting, decisions: list[Decision]) -> None:
    version = sitting.shared["rule_set"]["version"]
    rules = engine.freeze_rule_set(frozen_rule_set(sitting.organization_id, version) if version else engine.RuleSet())
    derived = engine.decide(engine.thaw_snapshot({**sitting.shared, "rule_set": rules}, sitting.items))
    traces = read_traces(decisions)
    for decision in decisions:
        again = derived[decision.place or 0]
        stored: dict[str, Any] = {name: getattr(decision, name) for name in ("outcome", "route", "owner_id", "reason")}
        assert stored == {name: getattr(again, name) for name in stored}
        assert decision.person_ids == list(again.person_ids)
        assert decision.rule_sequence == (again.cursor.sequence if again.cursor else None)
        assert len(traces[decision.pk].get("candidates", [])) == len(again.candidates)
