"""
Put back what `join_contacts` let one contact have of another, as far as nobody changed it since.

What came after the merge stays with the contact that was kept. Owner and conversations are the desk's, and so is when
each was followed up last, which depends on them.
"""

from datetime import datetime
from typing import Any

from .models import Address, Contact, ContactTag, DefaultAssignee, FollowUp, Sale
from .refold_contacts import refold_contacts


def part_contacts(kept: Contact, merged: Contact, moved: dict[str, Any], *, at: datetime) -> None:
    """Give `merged` its own back and let it be a contact again."""
    Address.objects.filter(contact=kept, pk__in=moved["addresses"]).update(contact_id=merged.pk)
    FollowUp.objects.filter(contact=kept, pk__in=moved["follow_ups"]).update(contact_id=merged.pk)
    # What was merged before there were sales keeps none.
    Sale.objects.filter(contact=kept, pk__in=moved.get("sales", [])).update(contact_id=merged.pk)
    ContactTag.objects.filter(contact=kept, tag_id__in=moved["tags"]).delete()
    DefaultAssignee.objects.filter(contact=kept, person_id__in=moved["default_assignees"]).delete()
    for name, (before, after) in moved["filled"].items():
        if getattr(kept, name) == after:
            setattr(kept, name, before)
    taken = moved["fields"]
    kept.fields = {name: value for name, value in kept.fields.items() if name not in taken or taken[name] != value}
    merged.conversation_count = moved["conversation_count"]
    kept.conversation_count = max(kept.conversation_count - merged.conversation_count, 0)
    merged.merged_into = None
    for contact in (kept, merged):
        _save(contact, at)
    refold_contacts([kept.pk, merged.pk])


def _save(contact: Contact, at: datetime) -> None:
    contact.version, contact.updated_at = contact.version + 1, at
    contact.save(
        update_fields=[
            *("kind", "campaign", "account", "source", "fields", "conversation_count"),
            *("merged_into", "version", "updated_at"),
        ]
    )
