"""
Tell browsers that something changed: topic and ids only, in the transaction that changed it.

It sends no content; each page fetches again with its own permissions.
"""

import json
from collections.abc import Iterable

from .prepared import prepared_cursor

CHANNEL = "reparto_live"
#: PostgreSQL refuses payloads of 8,000 bytes; beyond this many ids the topic alone says "look again".
MOST_IDS = 200


def publish(organization_id: int, topic: str, ids: Iterable[int] = ()) -> None:
    """Announce a topic (contacts, conversations, messages, waiting, notifications, people, rules) and which rows."""
    publish_all(organization_id, {topic: tuple(ids)})


def publish_all(organization_id: int, topics: dict[str, tuple[int, ...]]) -> None:
    """Announce several topics in one round trip; it leaves with the commit, or not at all."""
    payloads = [write_event(organization_id, topic, ids) for topic, ids in topics.items()]
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) AS payload", [CHANNEL, payloads], prepare=True
        )


def write_event(organization_id: int, topic: str, ids: tuple[int, ...]) -> str:
    """Return the payload: {"organization", "topic", "ids"}; no ids when there are too many."""
    shown = list(ids) if len(ids) <= MOST_IDS else []
    return json.dumps({"organization": organization_id, "topic": topic, "ids": shown})
