"""
Say no: 403 to who sees the thing but may not, 404 for all that they may not see, 422 for what makes no sense.

Both say the same whatever is behind them, in the person's language.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from django.http import HttpResponse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.permissions import NotAllowed

from .describe_refusal import describe_refusal
from .say_toast import say_toast


class Shows(Protocol):
    """What is needed of a page: to know who asked how, and to show something."""

    @property
    def by_htmx(self) -> bool:
        """Whether a part of a page was asked for."""

    def show(self, template: str, context: Mapping[str, Any], *, status: int) -> HttpResponse:
        """Show a whole page."""


def refuse(page: Shows, not_allowed: NotAllowed) -> HttpResponse:
    """Answer 403 with the reason: as a page, or as a toast above what stays as it was."""
    return _say(page, gettext("This is not open to you"), describe_refusal(not_allowed.action), status=403)


def refuse_invalid(page: Shows, invalid: Invalid) -> HttpResponse:
    """Answer 422 with all that is wrong; what was pressed stays as it was."""
    said = " ".join(dict.fromkeys(fault.message for fault in invalid.faults))
    return _say(page, gettext("Nothing was changed"), said, status=422)


def refuse_unknown(page: Shows) -> HttpResponse:
    """Answer 404, the same for what is another's, what is gone and what never was."""
    title = gettext("There is nothing here")
    return _say(page, title, gettext("It does not exist, or it is not yours to see."), status=404)


def _say(page: Shows, title: str, text: str, *, status: int) -> HttpResponse:
    if page.by_htmx:
        return say_toast(HttpResponse(status=status, headers={"HX-Reswap": "none"}), text, kind="error")
    return page.show("refused.html", {"title": title, "text": text, "status": status}, status=status)
