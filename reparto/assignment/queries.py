"""
Reads of decisions, of the ledger and of what waits.

All inside an entered organization; who may see them is asked of the contact or conversation they are about.
"""

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import QuerySet

from reparto.contacts.find_merge import ids_of_one

from .models import Decision, Handover, Ownership, Waiting


class UnknownDecision(LookupError):
    """No such decision in this organization."""


def decisions_of_contact(contact_id: int) -> QuerySet[Decision]:
    """Return what was decided about a contact, what became it, and their conversations, newest first."""
    return decisions_about(ids_of_one(contact_id))


def decisions_about(contact_ids: Collection[int]) -> QuerySet[Decision]:
    """Return what was decided about these contacts and their conversations, newest first."""
    return Decision.objects.filter(contact_id__in=contact_ids).order_by("-id")


def decisions_of_conversation(conversation_id: int) -> QuerySet[Decision]:
    """Return what was decided about a conversation, newest first."""
    return Decision.objects.filter(conversation_id=conversation_id).order_by("-id")


def find_decision(decision_id: int) -> Decision:
    """Return a decision of the entered organization. Raises UnknownDecision."""
    decision = Decision.objects.filter(pk=decision_id).first()
    if decision is None:
        raise UnknownDecision(f"Decision {decision_id} does not exist.")
    return decision


def ledger_of(contact_id: int) -> QuerySet[Ownership]:
    """Return whose a contact and what became it was, newest first."""
    return spans_of(ids_of_one(contact_id))


def spans_of(contact_ids: Collection[int]) -> QuerySet[Ownership]:
    """Return whose these contacts were, newest first."""
    spans = Ownership.objects.filter(contact_id__in=contact_ids).select_related("person", "contact")
    return spans.order_by("-since", "-id")


def waiting_of(contact_ids: Collection[int]) -> dict[int, Waiting]:
    """Return what waits of each contact, the oldest if several; contacts that do not wait are left out."""
    return {row.contact_id: row for row in waiting_rows(contact_ids)}


def waiting_rows(contact_ids: Collection[int]) -> QuerySet[Waiting]:
    """Return what waits of these contacts, the oldest last."""
    return Waiting.objects.filter(contact_id__in=contact_ids).order_by("-since", "-id")


def waiting_count() -> int:
    """Return how much waits."""
    return Waiting.objects.count()


def organization_of(decision_id: int) -> int | None:
    """Return whose a decision is, before an organization is known (a command was handed its id)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE reparto_queue")
        cursor.execute("SELECT organization_id FROM assignment_decision WHERE id = %s", [decision_id])
        row = cursor.fetchone()
        cursor.execute("RESET ROLE")
    return row[0] if row else None


def last_handover(person_id: int) -> Handover | None:
    """Return how far the latest handing over of a person's work is; None when there never was one."""
    return Handover.objects.filter(person_id=person_id).order_by("-id").first()


def has_worked(group_id: int) -> bool:
    """Say whether a group was ever given work."""
    return Decision.objects.filter(group_ids__contains=[group_id]).exists()
