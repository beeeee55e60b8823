"""Answer an absence that cannot be kept as it was typed: its form again, each fault beside its field."""

from django.http import HttpResponse

from reparto.kit.faults import Invalid

from ..page import Page


def ask_again(page: Page, invalid: Invalid, *, to: str) -> HttpResponse:
    """Return the form as it was filled in; without htmx the page from which it came, with what is wrong."""
    if not page.by_htmx:
        return page.refused(" ".join(fault.message for fault in invalid.faults), to=to, status=422)
    faults = {fault.path: fault.message for fault in invalid.faults}
    context = {"action": page.request.path, "sent": page.request.POST, "faults": faults}
    return page.show_part("availability/away_for.html", context, status=422)
