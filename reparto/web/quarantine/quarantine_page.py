"""What was set aside, newest first, with its reason in words and the fragment as text."""

import json
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reparto.intake.models import Quarantine
from reparto.intake.queries import quarantined

from ..page import Page
from .describe_reason import describe_reason

PAGE_SIZE = 50
#: A fragment beyond this says no more to a person; the delivery itself is kept whole.
MOST_SHOWN = 4_000


class QuarantinePage(Page):
    """`/cuarentena?before=<id>`."""

    action: ClassVar[str] = "quarantine.view"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page."""
        before = request.GET.get("before", "")
        rows = quarantined()
        if before.isdecimal() and len(before) < 19:
            rows = rows.filter(pk__lt=int(before))
        found = list(rows[: PAGE_SIZE + 1])
        more = len(found) > PAGE_SIZE
        older = f"{reverse('quarantine')}?before={found[PAGE_SIZE - 1].pk}" if more else ""
        return self.show("quarantine/list.html", {"rows": [_row(one) for one in found[:PAGE_SIZE]], "older": older})


def _row(one: Quarantine) -> dict[str, Any]:
    return {
        "at": one.created_at,
        "account": one.delivery.account,
        "position": one.position,
        "reason": describe_reason(one.reason),
        "code": one.reason,
        "fragment": json.dumps(one.fragment, ensure_ascii=False, indent=2)[:MOST_SHOWN] if one.fragment else "",
    }
