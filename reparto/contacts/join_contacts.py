"""
Let one contact have what another has: addresses, follow-ups, sales, tags, default assignees, fields it leaves blank.

What went over is returned, so that it can be put back. Owner and conversations are the desk's; both rows are locked.
"""

from datetime import datetime
from typing import Any

from django.db.models import F

from .models import Address, Contact, ContactTag, DefaultAssignee, FollowUp, Sale
from .queries import default_assignees_of
from .refold_contacts import refold_contacts

#: Columns that the kept contact takes when it has nothing there.
BLANKS = ("campaign_id", "account_id", "source")


def join_contacts(kept: Contact, merged: Contact, *, at: datetime) -> dict[str, Any]:
    """Give `kept` what `merged` has; return ids and values of what went over."""
    moved = {
        "addresses": _addresses(kept, merged),
        "follow_ups": _rows(FollowUp, kept, merged),
        "sales": _rows(Sale, kept, merged),
        "tags": _tags(kept, merged),
        "default_assignees": _default_assignees(kept, merged, at),
        "filled": _fill(kept, merged),
        "fields": _fields(kept, merged),
        "conversation_count": merged.conversation_count,
    }
    kept.conversation_count += merged.conversation_count
    kept.last_follow_up_at = max(filter(None, (kept.last_follow_up_at, merged.last_follow_up_at)), default=None)
    kept.version, kept.updated_at = kept.version + 1, at
    kept.save(
        update_fields=[
            *("kind", "campaign", "account", "source", "fields", "conversation_count", "last_follow_up_at"),
            *("version", "updated_at"),
        ]
    )
    merged.merged_into, merged.conversation_count = kept, 0
    merged.version, merged.updated_at = merged.version + 1, at
    merged.save(update_fields=["merged_into", "conversation_count", "version", "updated_at"])
    refold_contacts([kept.pk, merged.pk])
    return moved


def _addresses(kept: Contact, merged: Contact) -> list[int]:
    """The kept contact's own stay first."""
    rows = Address.objects.filter(contact=merged).order_by("position", "id")
    ids = list(rows.values_list("pk", flat=True))
    last = Address.objects.filter(contact=kept).order_by("-position").values_list("position", flat=True).first()
    rows.update(contact_id=kept.pk, position=F("position") + (0 if last is None else last + 1))
    return ids


def _rows(table: type[FollowUp | Sale], kept: Contact, merged: Contact) -> list[int]:
    rows = table.objects.filter(contact=merged)
    ids = list(rows.values_list("pk", flat=True))
    rows.update(contact_id=kept.pk)
    return ids


def _tags(kept: Contact, merged: Contact) -> list[int]:
    """The merged contact's own marks stay on it, out of sight; no flow takes them for tags that were put on now."""
    has = ContactTag.objects.filter(contact=kept).values("tag_id")
    missing = list(ContactTag.objects.filter(contact=merged).exclude(tag_id__in=has).values_list("tag_id", flat=True))
    ContactTag.objects.bulk_create(
        ContactTag(organization_id=kept.organization_id, contact_id=kept.pk, tag_id=tag, fresh=False) for tag in missing
    )
    return missing


def _default_assignees(kept: Contact, merged: Contact, at: datetime) -> list[int]:
    named = default_assignees_of([kept.pk, merged.pk])
    here = {*named.get(kept.pk, []), kept.owner_id}
    missing = [person for person in named.get(merged.pk, []) if person not in here]
    DefaultAssignee.objects.bulk_create(
        DefaultAssignee(organization_id=kept.organization_id, contact_id=kept.pk, person_id=person, since=at)
        for person in missing
    )
    return missing


def _fill(kept: Contact, merged: Contact) -> dict[str, list[Any]]:
    """Return [before, after] of each column that changed; a client stays a client."""
    changed = {
        name: [getattr(kept, name), getattr(merged, name)]
        for name in BLANKS
        if not getattr(kept, name) and getattr(merged, name)
    }
    if kept.kind != "client" and merged.kind == "client":
        changed["kind"] = [kept.kind, merged.kind]
    for name, (_, after) in changed.items():
        setattr(kept, name, after)
    return changed


def _fields(kept: Contact, merged: Contact) -> dict[str, Any]:
    """Return the fields that the kept contact left blank."""
    filled = {name: value for name, value in merged.fields.items() if name not in kept.fields}
    kept.fields = kept.fields | filled
    return filled
