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
    after = {"amount": rule.after_amount, "unit": rule.after_unit} if rule.after_amount is not None else None
    return {name: getattr(rule, name) for name in SHOWN} | {"after": after}


def put_into_rule(rule: Rule, values: dict[str, Any]) -> None:
    """Put values by the names of the contract into a rule; the inverse of `show_rule`."""
    for name, value in values.items():
        if name != "after":
            setattr(rule, name, value)
    if "after" in values:
        after = values["after"] or {"amount": None, "unit": ""}
        rule.after_amount, rule.after_unit = after["amount"], after["unit"]
