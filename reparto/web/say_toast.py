"""
Put a toast upon an answer of htmx, in the header that `toasts.js` reads.

It decides nothing; without htmx the same words travel as a message (`Page.done`).
"""

import json
from typing import Any, Literal

from django.http import HttpResponse

Kind = Literal["status", "error", "conflict"]


def say_toast(
    response: HttpResponse, text: str, *, undo: str = "", kind: Kind = "status", mine: dict[str, Any] | None = None
) -> HttpResponse:
    """Add the toast; `mine` is {"url", "values", "target"}: what *Use mine* sends again."""
    toast = {"text": text, "kind": kind, "undo": undo} | ({"mine": mine} if mine else {})
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    # ASCII: headers are.
    response.headers["HX-Trigger"] = json.dumps({**events, "toast": toast})
    return response
