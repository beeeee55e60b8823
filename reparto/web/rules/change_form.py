"""
One press of a button inside the editor that saves nothing: filter, *Assign to*, or only drawing it anew.

Nothing of what was typed is lost by it.
"""

from dataclasses import replace

from ..filters.change_tree import change_tree
from .rule_form import RuleForm


def change_form(form: RuleForm, step: str, *, added: str = "") -> RuleForm:
    """Return the form after a step; `added` is whom *Add* would add."""
    act, _, token = step.partition(":")
    if act == "add":
        return form.with_target(added)
    if act == "drop":
        return form.without_target(token)
    if act in ("earlier", "later"):
        return form.with_moved(token, -1 if act == "earlier" else 1)
    return replace(form, filters=change_tree(form.filters, step))
