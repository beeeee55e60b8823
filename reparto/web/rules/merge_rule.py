"""
What was typed of a rule, with what others changed of it since the form was opened: each part by itself.

It stores nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds
from reparto.kit.faults import Faults
from reparto.rules.read_rule import read_rule
from reparto.rules.read_rule_names import read_rule_names
from reparto.rules.rule_labels import field_labels
from reparto.rules.say_part import say_part

from ..merge_form import Clash, Merged, merge_form, write_was
from .rule_form import RuleForm

#: The boxes in which a part of a rule stands, by the contract's name of the part.
BOXES: Mapping[str, tuple[str, ...]] = {
    "description": ("description",),
    "entity": ("entity",),
    "trigger": ("trigger",),
    "after": ("amount", "unit", "clock"),
    "assign_to": ("chosen",),
    "strategy": ("strategy",),
    "tags": ("tags",),
    "template_id": ("template",),
    "filters": ("filters",),
    "if_nobody": ("if_nobody",),
    "active": ("active",),
}


@dataclass(frozen=True, slots=True)
class MergedRule:
    """What is to be stored, and the form that shows it."""

    form: RuleForm
    changes: dict[str, Any]  #: what is not as it is stored, by the contract's names
    clashes: list[Clash]
    was: str  #: how the form of the stored rule is, for the page to send along


def merge_rule(typed: RuleForm, stored: RuleForm, sent: Mapping[str, str]) -> MergedRule:
    """Return what was typed and what is stored as one; without `was` all that was typed is meant."""
    custom = custom_kinds()
    (mine, _), (theirs, _) = typed.values(custom), stored.values(custom)
    merged = merge_form(mine, theirs, sent)
    changes = {name: merged.values[name] for name in merged.changed}
    return MergedRule(_taken(stored, typed, changes), changes, _clashes(merged), write_was(theirs))


def new_rule(typed: RuleForm) -> MergedRule:
    """Return what was typed of a rule that nobody else knows yet."""
    return MergedRule(typed, {}, [], "")


def keep_theirs(typed: RuleForm, stored: RuleForm, sent: Mapping[str, str]) -> RuleForm:
    """Return the form with what is stored where that was chosen: a step inside the editor settles a clash, too."""
    return _taken(typed, stored, [name for name in BOXES if sent.get(f"keep.{name}") == "theirs"])


def was_of_form(stored: RuleForm) -> str:
    """Return how a form is that has just been opened."""
    return write_was(stored.values(custom_kinds())[0])


def _taken(form: RuleForm, other: RuleForm, names: Any) -> RuleForm:
    """Return a form with these parts of the other."""
    return replace(form, **{box: getattr(other, box) for name in names for box in BOXES[name]})


def _clashes(merged: Merged) -> list[Clash]:
    return merged.say(field_labels(), _say) if merged.clashing else []


def _say(name: str, value: Any) -> str:
    faults = Faults()
    read_rule({name: value}, edition="pro", faults=faults)
    if faults.found:
        return gettext("what is written below, which cannot be used")
    filters, targets = [value] if name == "filters" else [], value if name == "assign_to" else []
    return say_part(name, value, read_rule_names(filters, assign_to=targets))
