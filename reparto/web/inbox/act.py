"""
What all acts on a conversation share: they answer nothing but a toast, and every part of the page fetches itself again.

It does nothing by itself.
"""

import json

from django.http import HttpResponse

from ..page import Page
from .where import read_where

#: The parts of the page listen for it (`hx-trigger="… inbox-changed from:body"`).
CHANGED = "inbox-changed"


class Act(Page):
    """An act on one conversation, or on its contact."""

    def said(self, text: str, *, conversation_id: int, undo: str = "") -> HttpResponse:
        """Say what was done: as a toast, or on the page of the conversation."""
        to = self.way_back(conversation_id)
        part = HttpResponse(status=204, headers={"HX-Trigger": json.dumps({CHANGED: True})})
        return self.done(text, to=to, undo=undo, part=part)

    def way_back(self, conversation_id: int) -> str:
        """Return the page of the conversation, in the list that is shown beside it."""
        return read_where(self.request.GET).url(conversation_id)
