"""
Put whom the rules would choose now first among the choices of an owner, marked with the rule that says so.

It chooses nobody and writes nothing; whoever may not be given the contact by this actor is not suggested.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from reparto.assignment.try_contact import try_contact
from reparto.contacts.models import Contact
from reparto.rules.queries import current_rule_set

Options = list[dict[str, Any]]


def suggest_owner(options: Options, contact: Contact, *, at: datetime) -> Options:
    """Return the groups of the picker with the suggested person in a group of their own, before all others."""
    rule_set = current_rule_set()
    if not rule_set.rules:
        return options
    decision = try_contact(contact.organization_id, contact.pk, rule_set=rule_set, at=at).by_rules
    rule = next((one for one in rule_set.rules if one.id == decision.rule_id), None)
    found = next(
        (one for group in options for one in group["entries"] if one["person"].pk in decision.person_ids), None
    )
    if rule is None or found is None:
        return options
    note = gettext("Rule %(position)s · %(name)s") % {"position": rule.position, "name": rule.description}
    first = {"label": gettext("Suggested by the rule"), "entries": [found | {"note": note, "dim": False}]}
    others = [group | {"entries": [one for one in group["entries"] if one is not found]} for group in options]
    return [first, *(group for group in others if group["entries"])]
