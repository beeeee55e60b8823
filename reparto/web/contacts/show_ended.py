"""
A contact that went around everybody and waits for a supervisor, as its profile says it.

It changes nothing: a follow-up, a sale or another owner ends it.
"""

from typing import Any

from django.urls import reverse

from reparto.assignment.standing_rounds import ended_round
from reparto.assignment.who_had import who_had
from reparto.contacts.models import Contact
from reparto.people.actor import Actor
from reparto.people.permissions import may
from reparto.people.queries import find_people
from reparto.rules.queries import UnknownRule, find_rule


def show_ended(contact: Contact, actor: Actor) -> dict[str, Any] | None:
    """Return since when, by which rule, and who had it; None when the contact does not wait for a supervisor."""
    row = ended_round(contact.pk)
    if row is None:
        return None
    missed = who_had([contact.pk])[contact.pk]
    had = {one.pk: one for one in find_people(missed)}
    return {
        "at": row.at,
        "rule": _rule_name(row.rule_id),
        "had": [had[one] for one in missed if one in had],
        "url": reverse("rules_ended") if may(actor, "rules.view") else "",
    }


def _rule_name(rule_id: int) -> str:
    try:
        return find_rule(rule_id).description
    except UnknownRule:
        return ""
