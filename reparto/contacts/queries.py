"""
Reads of contacts: those that the actor may see, their addresses, tags and fields.

Every function takes the actor or runs inside an organization that was entered.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from reparto.engine import Kind
from reparto.kit.prepared import prepared_cursor
from reparto.kit.read_choice import is_id
from reparto.people.actor import Actor
from reparto.people.permissions import may

from .models import Address, Contact, ContactTag, CustomField, DefaultAssignee, FollowUp, Tag
from .relation import relation_to, visible_to

#: How the filter language takes a company's own fields.
KIND_OF_TYPE: dict[str, Kind] = {
    "text": "text",
    "number": "number",
    "date": "date",
    "choice": "choice",
    "multi": "set",
    "yesno": "choice",
}


class UnknownContact(LookupError):
    """No such contact, or none that the actor may see: nobody is told which."""


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts that the actor may see, newest first, with what decides how they stand to the actor."""
    contacts = Contact.objects.select_related("owner__group", "account__group", "campaign")
    return contacts.filter(visible_to(actor)).order_by("-id")


def all_contacts() -> QuerySet[Contact]:
    """Return every contact of the entered organization; for a subquery of whoever narrows its own rows to the actor."""
    return Contact.objects.all()


def find_contact(contact_id: int, *, actor: Actor) -> Contact:
    """Return a contact that the actor may see. Raises UnknownContact."""
    rows = Contact.objects.select_related("owner__group", "account__group", "campaign")
    contact = rows.filter(pk=contact_id, merged_into=None).first() if is_id(contact_id) else None
    if contact is None or not may(actor, "contact.view", relation_to(contact, actor)):
        raise UnknownContact(f"Contact {contact_id} does not exist.")
    return contact


def lock_contact(contact_id: int) -> Contact:
    """Return a contact, its row locked; whoever asks checks the actor. Raises UnknownContact."""
    rows = Contact.objects.select_for_update(of=("self",)).select_related("owner__group", "account__group")
    # One that was merged while this waited for its row is not there any more.
    contact = rows.filter(pk=contact_id, merged_into=None).first() if is_id(contact_id) else None
    if contact is None:
        raise UnknownContact(f"Contact {contact_id} does not exist.")
    return contact


def lock_both(one_id: int, other_id: int) -> tuple[Contact, Contact]:
    """Return two contacts, merged or not, their rows locked in the order of their ids. Raises UnknownContact."""
    rows = Contact.objects.select_for_update(of=("self",)).select_related("owner__group", "account__group", "campaign")
    found = {row.pk: row for row in rows.filter(pk__in=[one_id, other_id]).order_by("pk")}
    if not {one_id, other_id} <= found.keys():
        raise UnknownContact(f"Contact {one_id} or {other_id} does not exist.")
    return found[one_id], found[other_id]


def address_rows(contact_ids: Iterable[int]) -> QuerySet[Address]:
    """Return the rows of these contacts' addresses, the one to use first."""
    return Address.objects.filter(contact_id__in=list(contact_ids)).order_by("position", "id")


def addresses_of(contact_ids: Iterable[int]) -> dict[int, list[Address]]:
    """Return the addresses of these contacts, the one to use first."""
    found: dict[int, list[Address]] = {}
    for address in address_rows(contact_ids):
        found.setdefault(address.contact_id, []).append(address)
    return found


def taken_addresses(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return which of these (kind, key) are addresses already, and of which contact."""
    wanted = set(keys)
    rows = Address.objects.filter(key__in={key for _, key in wanted}).values_list("kind", "key", "contact_id")
    return {(kind, key): contact_id for kind, key, contact_id in rows if (kind, key) in wanted}


def tag_rows(contact_ids: Iterable[int]) -> QuerySet[ContactTag]:
    """Return the marks of tags on these contacts, in alphabetical order."""
    return ContactTag.objects.filter(contact_id__in=list(contact_ids)).order_by("tag__folded")


def tags_of(contact_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the tags on these contacts, in alphabetical order."""
    found: dict[int, list[str]] = {}
    for contact_id, name in tag_rows(contact_ids).values_list("contact_id", "tag__name"):
        found.setdefault(contact_id, []).append(name)
    return found


def all_tags() -> QuerySet[Tag]:
    """Return the tags of the entered organization, by name."""
    return Tag.objects.order_by("folded")


def tags_by_folded(folded: Iterable[str]) -> dict[str, Tag]:
    """Return the tags of these folded names."""
    return {tag.folded: tag for tag in Tag.objects.filter(folded__in=list(folded))}


def store_tags(tags: Iterable[Tag]) -> None:
    """Insert tags; one that somebody made at this instant stays as it is."""
    Tag.objects.bulk_create(tags, ignore_conflicts=True)


def store_contact_tags(marks: Iterable[ContactTag]) -> None:
    """Put tags on contacts; one that stands there already stays."""
    ContactTag.objects.bulk_create(marks, ignore_conflicts=True)


def remove_tags(contact_id: int, *, but: Iterable[str]) -> None:
    """Take off all tags of a contact but those of these folded names."""
    ContactTag.objects.filter(contact_id=contact_id).exclude(tag__folded__in=list(but)).delete()


def all_custom_fields() -> QuerySet[CustomField]:
    """Return the company's own fields in their order, retired ones among them."""
    return CustomField.objects.order_by("position", "id")


def asked_fields() -> QuerySet[CustomField]:
    """Return the company's own fields that forms ask, in their order."""
    return all_custom_fields().filter(retired_at=None)


def custom_kinds() -> dict[str, Kind]:
    """Return how the filter language takes the company's own fields, by key."""
    return {key: KIND_OF_TYPE[type_] for key, type_ in CustomField.objects.values_list("key", "type")}


def default_assignees_of(contact_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return whom each of these contacts puts on its new conversations, in the order in which they were named."""
    rows = DefaultAssignee.objects.filter(contact_id__in=list(contact_ids)).order_by("id")
    found: dict[int, list[int]] = {}
    for contact_id, person_id in rows.values_list("contact_id", "person_id"):
        found.setdefault(contact_id, []).append(person_id)
    return found


def default_assignee_rows(contact_ids: Iterable[int]) -> QuerySet[DefaultAssignee]:
    """Return the same as rows with each person and their group."""
    rows = DefaultAssignee.objects.filter(contact_id__in=list(contact_ids))
    return rows.select_related("person__group").order_by("id")


def replace_default_assignees(contact: Contact, rows: Iterable[DefaultAssignee]) -> None:
    """Store exactly these default assignees of a contact."""
    kept = list(rows)
    former = DefaultAssignee.objects.filter(contact=contact)
    former.exclude(person_id__in=[row.person_id for row in kept]).delete()
    DefaultAssignee.objects.bulk_create(kept, ignore_conflicts=True)


def follow_ups_of(contact_id: int) -> QuerySet[FollowUp]:
    """Return the follow-ups of a contact with who made them, newest first."""
    return FollowUp.objects.filter(contact_id=contact_id).select_related("person").order_by("-at", "-id")


def facts_rows(contact_ids: list[int]) -> Iterable[dict[str, Any]]:
    """Return the columns of these contacts that filters may ask about, each with the folded names of its tags."""
    with prepared_cursor() as cursor:
        cursor.execute(FACTS, [contact_ids])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


#: The desk asks it at each sitting. `folded` is read as text: the driver leaves JSON to whoever wants it.
FACTS = """
SELECT c.id, c.folded, c.owner_id, coalesce(g.path, h.path, r.path) AS path, coalesce(h.path, r.path) AS free_path,
       c.campaign_id, c.account_id, c.kind, c.created_at, c.last_follow_up_at, c.conversation_count, t.tags
FROM contacts_contact c
LEFT JOIN people_person p ON p.organization_id = c.organization_id AND p.id = c.owner_id
LEFT JOIN people_group g ON g.organization_id = p.organization_id AND g.id = p.group_id
-- Without an owner it is in the group of the account by which it came, else in the root.
LEFT JOIN channels_account a ON a.organization_id = c.organization_id AND a.id = c.account_id
LEFT JOIN people_group h ON h.organization_id = a.organization_id AND h.id = a.group_id
JOIN people_group r ON r.organization_id = c.organization_id AND r.parent_id IS NULL
LEFT JOIN LATERAL (
    SELECT array_agg(n.folded) AS tags FROM contacts_contacttag m
    JOIN contacts_tag n ON n.organization_id = m.organization_id AND n.id = m.tag_id
    WHERE m.organization_id = c.organization_id AND m.contact_id = c.id
) t ON true
WHERE c.id = ANY(%s)
"""


def contacts_tagged(folded: Iterable[str]) -> QuerySet[ContactTag, int]:
    """Return the ids of the contacts that have any of these tags; for a subquery."""
    return ContactTag.objects.filter(tag__folded__in=list(folded)).values_list("contact_id", flat=True)


def has_tags() -> Exists:
    """Return the condition of a contact that has any tag."""
    return Exists(ContactTag.objects.filter(contact_id=OuterRef("pk")))


def take_fresh_tags(limit: int) -> list[tuple[int, int, str]]:
    """Return (mark, contact, folded tag) of what was put on since this was asked last; each is returned once."""
    with prepared_cursor() as cursor:
        cursor.execute(FRESH, [limit])
        return [(mark, contact, word) for mark, contact, word in cursor.fetchall()]


#: Whoever holds the desk is the only one who asks, so no mark is seen by two.
FRESH = """
UPDATE contacts_contacttag m SET fresh = false
FROM contacts_tag t
WHERE m.id IN (SELECT id FROM contacts_contacttag WHERE fresh ORDER BY id LIMIT %s)
  AND t.organization_id = m.organization_id AND t.id = m.tag_id
RETURNING m.id, m.contact_id, t.folded
"""


def count_conversations(contact_ids: Iterable[int]) -> None:
    """Count one more conversation for each of these contacts."""
    Contact.objects.filter(pk__in=list(contact_ids)).update(conversation_count=F("conversation_count") + 1)


def insert_addresses(rows: list[Address]) -> None:
    """Insert addresses. Raises IntegrityError when another contact has one."""
    Address.objects.bulk_create(rows)


def remove_addresses(address_ids: Iterable[int]) -> None:
    """Delete these addresses."""
    Address.objects.filter(pk__in=list(address_ids)).delete()


def contacts_by_id(contact_ids: Iterable[int]) -> dict[int, Contact]:
    """Return these contacts by id."""
    return Contact.objects.in_bulk(list(contact_ids))


def store_folded(contacts: Iterable[Contact]) -> None:
    """Store what `fold_contact` made of these contacts, and nothing else of them."""
    Contact.objects.bulk_update(list(contacts), ["folded", "search"])


def add_default_assignee(contact: Contact, person_id: int, *, at: datetime) -> None:
    """Put one person on each new conversation of the contact; the caller holds its row."""
    DefaultAssignee.objects.create(
        organization_id=contact.organization_id, contact=contact, person_id=person_id, since=at
    )
