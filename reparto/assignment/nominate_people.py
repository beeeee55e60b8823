"""
Name people and groups for a conversation on behalf of a flow: they are added, and nobody is replaced (AC-4).

What nobody has waits at the desk with them named, and is decided with owner and default assignees together; where
somebody works it, they are added at once. The caller holds the desk.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reparto.conversations.queries import assignees_of, lock_conversation
from reparto.engine import Nomination

from .add_nominated import add_nominated
from .models import Waiting


class ConversationClosed(Exception):
    """Nobody is put on a conversation that is closed."""


def nominate_people(conversation_id: int, nomination: Nomination, *, at: datetime) -> None:
    """
    Name people for a conversation, besides those whom other flows named.

    Raises:
        ConversationClosed: Somebody closed it.

    """
    talk = lock_conversation(conversation_id)
    if talk.status == "closed":
        raise ConversationClosed(f"Conversation {conversation_id} is closed.")
    waits = Waiting.objects.filter(conversation=talk).first()
    there = assignees_of([talk.pk])[talk.pk]
    if there.person_ids or there.group_ids:
        add_nominated(talk, there, nomination, at=at)
        if waits is None:
            return
    else:
        waits = waits or Waiting(
            organization_id=talk.organization_id, contact_id=talk.contact_id, conversation=talk, since=at
        )
        waits.nomination = _besides(waits.nomination or {}, nomination)
    # Also what no rule spoke for, or waits for somebody else: whoever was named may be able at once.
    waits.due_at = at
    waits.save()


def _besides(before: dict[str, Any], new: Nomination) -> dict[str, Any]:
    names = [name for name in before.get("flow_name", "").split(" · ") if name]
    return {
        "flow_id": before.get("flow_id", new.flow_id),
        "flow_name": " · ".join(_once([*names, new.flow_name])),
        "person_ids": _once([*before.get("person_ids", ()), *new.person_ids]),
        "group_ids": _once([*before.get("group_ids", ()), *new.group_ids]),
    }


def _once[One](values: Iterable[One]) -> list[One]:
    return list(dict.fromkeys(values))
