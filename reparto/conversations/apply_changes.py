"""
What somebody took back or said otherwise: the message shows the latest, and the first wording is kept.

The order in which they come does not matter: an edit may overtake what it edits (INV-4). It threads nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from reparto.engine import fold
from reparto.kit.live import publish

from .models import Conversation, Message

#: Kinds of messages that change another one.
CHANGES = frozenset({"edit", "revoke"})

type Key = tuple[int, str]  #: account and external id


def apply_changes(organization_id: int, said: Collection[tuple[int, str, str, str | None]], *, at: datetime) -> None:
    """
    Bring messages up to date with their edits and removals, once these (account, kind, id, about) are stored.

    Only whoever said something changes it: a change by another contact stays a message of its own.
    """
    changed = {(account, about) for account, kind, _, about in said if kind in CHANGES and about}
    changed |= _overtaken({(account, external_id) for account, kind, external_id, _ in said if kind not in CHANGES})
    if not changed:
        return
    messages, changes = _messages(changed), _changes(changed)
    for key, message in messages.items():
        mine = [one for one in changes if (one.account_id, one.about) == key and _is_by_the_same(one, message)]
        _change(message, mine)
        for one in mine:
            one.applied_at = one.applied_at or at
    Message.objects.bulk_update(messages.values(), ["text", "folded", "first_text", "edited_at", "removed_at"])
    Message.objects.bulk_update(changes, ["applied_at"])
    talks = {message.conversation_id for message in messages.values()}
    _show_latest(talks)
    publish(organization_id, "messages", talks)


def _overtaken(new: Collection[Key]) -> set[Key]:
    """Return which of these new messages were changed before they came."""
    return {(one.account_id, one.about or "") for one in _changes(new)}


def _changes(keys: Collection[Key]) -> list[Message]:
    """Return the edits and removals of these messages, in the order in which they were said."""
    rows = Message.objects.filter(
        kind__in=CHANGES, account_id__in={account for account, _ in keys}, about__in={about for _, about in keys}
    )
    found = rows.select_related("conversation").order_by("sent_at", "external_id")
    return [one for one in found if (one.account_id, one.about) in keys]


def _messages(keys: Collection[Key]) -> dict[Key, Message]:
    rows = Message.objects.filter(
        direction="in", account_id__in={account for account, _ in keys}, external_id__in={about for _, about in keys}
    )
    by_key = {(one.account_id, one.external_id or ""): one for one in rows.select_related("conversation")}
    return {key: one for key, one in by_key.items() if key in keys and one.kind not in CHANGES}


def _is_by_the_same(change: Message, message: Message) -> bool:
    return change.conversation.contact_id == message.conversation.contact_id


def _change(message: Message, changes: Sequence[Message]) -> None:
    """Derive what a message shows from the set of its changes, whatever it showed before."""
    first = message.text if message.first_text is None else message.first_text
    edits, removals = (_of_kind(kind, changes) for kind in ("edit", "revoke"))
    message.edited_at = edits[-1].sent_at if edits else None
    message.removed_at = removals[0].sent_at if removals else None
    message.text = "" if removals else edits[-1].text if edits else first
    message.folded = fold(message.text)
    message.first_text = first if edits or removals else None


def _of_kind(kind: str, changes: Iterable[Message]) -> list[Message]:
    return [one for one in changes if one.kind == kind]


def _show_latest(conversation_ids: Collection[int]) -> None:
    """Let conversations show the last thing said in them as it stands now."""
    rows = Message.objects.filter(conversation_id__in=conversation_ids, private=False, applied_at=None)
    last = {one.conversation_id: one for one in rows.order_by("conversation_id", "-id").distinct("conversation_id")}
    talks = list(Conversation.objects.select_for_update().filter(pk__in=last).order_by("id"))
    for talk in talks:
        shown = last[talk.pk]
        talk.preview, talk.preview_kind = shown.text[:200], "revoke" if shown.removed_at else shown.kind
    Conversation.objects.bulk_update(talks, ["preview", "preview_kind"])
