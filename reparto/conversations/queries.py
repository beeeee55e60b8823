"""
Reads of conversations: who may see which, who works them, what was said.

All inside an entered organization.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from reparto.kit.read_choice import is_id
from reparto.people.actor import Actor

from .assigned import Assigned
from .models import Assignee, Attachment, Conversation, Draft, Load, Mention, Message, QuickReply
from .relation import visible_to

#: A row of `assignee_rows`: the conversation, then a person or a group, and by which route they came.
type Working = tuple[Any, ...]


class UnknownConversation(LookupError):
    """No such conversation, or none that the actor may see: the same answer."""


class UnknownQuickReply(LookupError):
    """No such quick reply, or somebody else's."""


def quick_replies_of(actor: Actor) -> QuerySet[QuickReply]:
    """Return the actor's own quick replies and everybody's, by name."""
    return QuickReply.objects.filter(Q(person_id=actor.person_id) | Q(person_id=None)).order_by("name", "id")


def lock_quick_reply(quick_reply_id: int, *, actor: Actor) -> QuickReply:
    """Return one of these, its row locked. Raises UnknownQuickReply."""
    rows = quick_replies_of(actor).select_for_update() if is_id(quick_reply_id) else QuickReply.objects.none()
    row = rows.filter(pk=quick_reply_id).first()
    if row is None:
        raise UnknownQuickReply(f"Quick reply {quick_reply_id} does not exist.")
    return row


class UnknownAttachment(LookupError):
    """No such file in this conversation."""


def attachments_of(message_ids: Collection[int]) -> dict[int, Attachment]:
    """Return the files of these messages by message, without their content (one query)."""
    return {one.message_id: one for one in attachment_rows(message_ids)}


def attachment_rows(message_ids: Collection[int]) -> QuerySet[Attachment]:
    """Return the files of these messages, without their content."""
    return Attachment.objects.defer("content").filter(message_id__in=message_ids)


def find_attachment(attachment_id: int, *, conversation_id: int) -> Attachment:
    """Return a stored file of a conversation; whoever asks may see that. Raises UnknownAttachment."""
    rows = Attachment.objects.filter(conversation_id=conversation_id, state="stored", message__removed_at__isnull=True)
    found = rows.filter(pk=attachment_id).first() if is_id(attachment_id) else None
    if found is None:
        raise UnknownAttachment(f"Attachment {attachment_id} does not exist.")
    return found


def visible_conversations(actor: Actor) -> QuerySet[Conversation]:
    """Return the conversations that the actor may see, latest first."""
    return (
        Conversation.objects.filter(visible_to(actor))
        .select_related("contact__owner__group", "contact__account__group", "account")
        .order_by("-last_message_at", "-id")
    )


def find_conversation(
    conversation_id: int, *, actor: Actor, among: QuerySet[Conversation] | None = None
) -> Conversation:
    """Return a conversation that the actor may see (`among`: those, asked before). Raises UnknownConversation."""
    seen = visible_conversations(actor) if among is None else among
    talk = seen.filter(pk=conversation_id).first()
    if talk is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist.")
    return talk


def lock_conversation(conversation_id: int) -> Conversation:
    """Return a conversation as it is now and hold its row until the transaction ends."""
    return Conversation.objects.select_for_update().get(pk=conversation_id)


def assignees_of(conversation_ids: Collection[int]) -> dict[int, Assigned]:
    """Return who works each conversation, in the order in which they came (one query)."""
    return gather_assigned(assignee_rows(conversation_ids))


def assignee_rows(conversation_ids: Collection[int]) -> QuerySet[Assignee, Working]:
    """Return who works these conversations, in the order in which they came."""
    rows = Assignee.objects.filter(conversation_id__in=conversation_ids).order_by("id")
    person = ("person_id", "person__name", "person__group__path")
    return rows.values_list("conversation_id", *person, "group_id", "group__path", "route")


def gather_assigned(rows: Iterable[Working]) -> dict[int, Assigned]:
    """Return who works each conversation, by these rows."""
    found: dict[int, Assigned] = defaultdict(Assigned)
    for talk, person, name, own, group, path, route in rows:
        if person is not None:
            found[talk].person_ids.append(person)
            found[talk].person_paths.append(own)
            found[talk].routes[person] = route
            found[talk].people[person] = name
        else:
            found[talk].group_ids.append(group)
            found[talk].group_paths.append(path)
    return found


def messages_of(conversation_id: int) -> QuerySet[Message]:
    """Return what was said in a conversation, newest first; an edit or removal only if what it is about is unknown."""
    rows = Message.objects.filter(conversation_id=conversation_id, applied_at=None)
    return rows.select_related("author").order_by("-id")


def newer_reply(conversation_id: int, seen: int, *, actor: Actor) -> Message | None:
    """Return the latest public answer of a colleague after what the actor has seen. Raises UnknownConversation."""
    find_conversation(conversation_id, actor=actor)
    rows = Message.objects.filter(conversation_id=conversation_id, pk__gt=seen, direction="out", private=False)
    theirs = rows.filter(author__isnull=False).exclude(author_id=actor.person_id)
    return theirs.select_related("author").order_by("-id").first()


def answered_before(answer: Message) -> bool:
    """Say whether a person of ours had answered in public before, in the same conversation."""
    said = Message.objects.filter(conversation_id=answer.conversation_id, pk__lt=answer.pk, direction="out")
    return said.filter(private=False, automatic=False, author__isnull=False).exists()


def mentions_of(message_ids: Collection[int]) -> dict[int, list[Mention]]:
    """Return who is named in each of these notes, as they stand in the text (one query)."""
    return gather_mentions(mention_rows(message_ids))


def mention_rows(message_ids: Collection[int]) -> QuerySet[Mention]:
    """Return who is named in these notes, in the order of the text."""
    return Mention.objects.filter(message_id__in=message_ids).order_by("start", "id")


def gather_mentions(rows: Iterable[Mention]) -> dict[int, list[Mention]]:
    """Return the mentions of each note."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in rows:
        found[mention.message_id].append(mention)
    return found


def drafts_of(conversation_id: int, *, actor: Actor) -> QuerySet[Draft]:
    """Return what the actor has begun to write in a conversation: one row, or none."""
    return Draft.objects.filter(conversation_id=conversation_id, person_id=actor.person_id).order_by("id")


def find_draft(conversation_id: int, *, actor: Actor) -> Draft | None:
    """Return what the actor has begun to write there, seen by them still or not. Raises UnknownConversation."""
    draft = drafts_of(conversation_id, actor=actor).first()
    if draft is None:
        find_conversation(conversation_id, actor=actor)
    return draft


def drafts_out_of_sight(actor: Actor) -> QuerySet[Draft]:
    """Return what the actor has begun to write where they see nothing any more, latest first."""
    rows = Draft.objects.filter(person_id=actor.person_id)
    return rows.exclude(conversation__in=Conversation.objects.filter(visible_to(actor))).order_by("-updated_at", "-id")


def latest_messages(conversation_ids: Collection[int]) -> QuerySet[Message]:
    """Return what was said in these conversations with who wrote it, newest first."""
    rows = Message.objects.filter(conversation_id__in=conversation_ids, applied_at=None)
    rows = rows.select_related("author", "account")
    return rows.order_by("-sent_at", "-id")


def known_external_ids(wanted: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return which of these (account, external id) are stored already."""
    ids = [external for _, external in wanted]
    rows = Message.objects.filter(external_id__in=ids, account_id__in={account for account, _ in wanted})
    return {(account, external or "") for account, external in rows.values_list("account_id", "external_id")}


def open_conversations_of(contact_id: int) -> list[Conversation]:
    """Return a contact's conversations that are not closed, and hold their rows."""
    return list(
        Conversation.objects.select_for_update().filter(contact_id=contact_id).exclude(status="closed").order_by("id")
    )


def lock_working(contact_id: int) -> dict[int, list[int]]:
    """Return who works each of a contact's conversations that are not closed, and hold their rows (one query)."""
    people = Assignee.objects.filter(conversation=OuterRef("pk"), person__isnull=False).order_by("id")
    talks = Conversation.objects.select_for_update().filter(contact_id=contact_id).exclude(status="closed")
    talks = talks.annotate(working=ArraySubquery(people.values("person_id"))).order_by("id")
    return dict(talks.values_list("pk", "working"))


def latest_open_of(contact_ids: Iterable[int]) -> dict[int, Conversation]:
    """Return of each contact that has any the conversation, not closed, in which something was said last."""
    rows = Conversation.objects.filter(contact_id__in=list(contact_ids)).exclude(status="closed")
    return {talk.contact_id: talk for talk in rows.order_by("last_message_at", "id")}


def loads_of(person_ids: Iterable[int]) -> dict[int, int]:
    """Return how much each person has open, in effort units, without what is put off; who has nothing is left out."""
    return dict(_loads(list(person_ids)).values_list("person_id", "held"))


def load_question(person_id: int) -> Subquery:
    """Return the question how much a person has open, for `kit.ask_together`; null for nothing."""
    return Subquery(_loads([person_id]).values("held")[:1])


def _loads(person_ids: list[int]) -> QuerySet[Any, Any]:
    asleep = Assignee.objects.filter(person_id=OuterRef("person_id"), conversation__status="snoozed")
    counted = asleep.order_by().values("person_id").annotate(number=Sum("conversation__effort")).values("number")
    held = Greatest(F("open") - Coalesce(Subquery(counted), 0), 0)
    return Load.objects.filter(person_id__in=person_ids).annotate(held=held)


def worked_by(rows: QuerySet[Conversation], person_id: int) -> QuerySet[Conversation]:
    """Keep the conversations that a person works."""
    return rows.filter(Exists(Assignee.objects.filter(conversation=OuterRef("pk"), person_id=person_id)))


def worked_by_group(rows: QuerySet[Conversation], group_id: int) -> QuerySet[Conversation]:
    """Keep the conversations that were given to a group."""
    return rows.filter(Exists(Assignee.objects.filter(conversation=OuterRef("pk"), group_id=group_id)))


def worked_by_nobody(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Keep the conversations that nobody works."""
    return rows.filter(~Exists(Assignee.objects.filter(conversation=OuterRef("pk"))))
