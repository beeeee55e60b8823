"""
The shape of a request once it is known who sends it.

It decides nothing.
"""

import re
from datetime import datetime

from django.http import HttpRequest

from reparto.people.actor import Actor

#: One strong or weak tag that holds the version of what was read.
VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"')
#: No row has it: whoever names a tag that we never gave out names a stale one.
NEVER = -1


class ApiRequest(HttpRequest):
    """A request of the API, after `guard` has let it in."""

    actor: Actor
    token: str  #: as it was sent
    at: datetime


def if_match(request: HttpRequest) -> int | None:
    """Return the version that the caller saw, by `If-Match`; None when they do not say."""
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    match = VERSION.fullmatch(header)
    return int(match[1]) if match else NEVER
