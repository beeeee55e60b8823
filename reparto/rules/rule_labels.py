"""
What the parts of a rule are called on screen.

Words only; what they do is the engine's.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext


def field_labels() -> dict[str, str]:
    """Return the names of a rule's fields, in the order of the editor."""
    return {
        "description": gettext("Description"),
        "entity": gettext("Entity"),
        "trigger": gettext("Type"),
        "after": gettext("After"),
        "filters": gettext("Filters"),
        "strategy": gettext("Criterion"),
        "assign_to": gettext("Assign to"),
        "tags": gettext("Tags"),
        "template_id": gettext("Template"),
        "if_nobody": gettext("If nobody of this rule can receive"),
        "active": gettext("Active"),
    }


def choice_labels() -> dict[tuple[str, str], str]:
    """Return what may be chosen in the fields that have choices."""
    return {
        ("entity", "prospect"): gettext("Prospects"),
        ("entity", "client"): gettext("Clients"),
        ("trigger", "web_integration"): gettext("Web integration"),
        ("trigger", "no_followup"): gettext("Without follow-up"),
        ("trigger", "no_first_followup"): gettext("Without first follow-up"),
        ("trigger", "no_sales"): gettext("Clients without sales"),
        ("strategy", "round_robin"): gettext("In turn"),
        ("strategy", "close_rate"): gettext("Close rate"),
        ("strategy", "followup_speed"): gettext("Follow-up speed"),
        ("strategy", "least_loaded"): gettext("Least workload"),
        ("strategy", "weighted"): gettext("By weight"),
        ("if_nobody", "next"): gettext("The next rule is asked"),
        ("if_nobody", "wait"): gettext("It waits for somebody of this rule"),
    }


def say_after(after: Mapping[str, Any]) -> str:
    """Return {amount, unit, clock?} in words."""
    span = say_span(after["amount"], after["unit"])
    return gettext("%(span)s of working time") % {"span": span} if after.get("clock") == "working" else span


def say_span(amount: int, unit: str) -> str:
    """Return a duration in words."""
    said = {
        "hours": ngettext("%(count)s hour", "%(count)s hours", amount),
        "days": ngettext("%(count)s day", "%(count)s days", amount),
        "weeks": ngettext("%(count)s week", "%(count)s weeks", amount),
        "months": ngettext("%(count)s month", "%(count)s months", amount),
    }
    return said[unit] % {"count": amount}
