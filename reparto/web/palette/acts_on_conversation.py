"""
What the palette offers to do with a conversation, by the permissions of whoever looks.

What only the open one has on its page (its composer, its menus) is offered there alone.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from ..inbox.opened import Opened


def acts_on_conversation(opened: Opened, *, on_page: bool) -> list[dict[str, Any]]:
    """Return what may be done; `on_page`: it is the one that is open, not a row of the list."""
    detail = {"detail": opened.talk.contact.name}
    acts = [*(_written(opened) if on_page else ()), *_done(opened, on_page=on_page)]
    return [act | detail for act in acts]


def _written(opened: Opened) -> Iterator[dict[str, Any]]:
    if opened.may_reply:
        yield {"label": gettext("Reply"), "icon": "message-circle", "command": "reply"}
        yield {"label": gettext("Private note"), "icon": "sticky-note", "command": "note"}


def _done(opened: Opened, *, on_page: bool) -> Iterator[dict[str, Any]]:
    pk = opened.talk.pk
    if opened.may_take:
        yield {"label": gettext("Take the conversation"), "icon": "user-plus", "post": _url("take", pk)}
    if opened.may_close and opened.talk.status == "open":
        label = pgettext("a conversation", "Close")
        yield {"label": label, "icon": "check", "post": _url("close", pk), "mark": "close" if on_page else ""}
        if on_page:
            yield {"label": gettext("Snooze"), "icon": "moon", "command": "snooze"}
    elif opened.may_close:
        yield {"label": gettext("Reopen"), "icon": "rotate-ccw", "post": _url("reopen", pk)}
    yield {"label": gettext("Mark as unread"), "icon": "mail", "post": _url("unread", pk)}
    if not on_page:
        yield {"label": gettext("Open"), "icon": "arrow-right", "url": reverse("conversation", args=[pk])}


def _url(act: str, conversation_id: int) -> str:
    return reverse(f"inbox_{act}", args=[conversation_id])
