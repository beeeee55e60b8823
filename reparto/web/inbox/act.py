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
        part = HttpResponse(status=204, headers={"HX-Trigger": json.dumps({CHANGED: True})})
        to = read_where(self.request.GET).url(conversation_id)
        return self.done(text, to=to, undo=undo, part=part)
