"""
A rule as the API answers it and the audit keeps it.

It decides nothing.
"""

from typing import Any

from .models import Rule

SHOWN = (
    "description",
    "entity",
    "trigger",
    "assign_to",
    "strategy",
    "tags",
    "template_id",
    "filters",
    "if_nobody",
    "active",
)


def show_rule(rule: Rule) -> dict[str, Any]:
    """Return what can be changed of a rule, by the names of the contract."""
    return {name: getattr(rule, name) for name in SHOWN} | {"after": _after(rule)}


def _after(rule: Rule) -> dict[str, Any] | None:
    if rule.after_amount is None:
        return None
    return {"amount": rule.after_amount, "unit": rule.after_unit, "clock": rule.after_clock}


def put_into_rule(rule: Rule, values: dict[str, Any]) -> None:
    """Put values by the names of the contract into a rule; the inverse of `show_rule`."""
    for name, value in values.items():
        if name != "after":
            setattr(rule, name, value)
    if "after" in values:
        after = values["after"] or {"amount": None, "unit": "", "clock": "calendar"}
        rule.after_amount, rule.after_unit, rule.after_clock = after["amount"], after["unit"], after["clock"]
