"""
The shape of something that may begin a flow.

It reads nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["conversation_starts", "keyword", "tag_added"]


@dataclass(frozen=True, slots=True)
class Happened:
    """A conversation started, a contact said something, or a tag was put on; `cause` is its own and no other's."""

    kind: Kind
    cause: str
    contact_id: int
    conversation_id: int | None = None
    account_id: int | None = None
    text: str = ""  #: what was said
    tag: str = ""  #: folded
    due_at: datetime | None = None  #: no step is taken before it; None: at once
