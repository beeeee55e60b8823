"""
What leads from one list of rules to another, in sentences.

It compares nothing; `compare_rules` does. Names are today's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from .compare_rules import Change, Difference
from .read_rule_names import Names, read_rule_names
from .rule_labels import field_labels
from .say_part import say_part, say_target


@dataclass(frozen=True, slots=True)
class SaidChange:
    """A change, its sentence, and a sentence for each field that is not the same."""

    change: Change
    sentence: str
    lines: tuple[str, ...] = ()


def describe_changes(changes: Sequence[Change]) -> tuple[SaidChange, ...]:
    """Return the changes in words (at most five queries)."""
    differences = [one for change in changes for one in change.fields]
    names = read_rule_names(
        (value for one in differences if one.field == "filters" for value in (one.before, one.after) if value),
        assign_to=(
            target
            for one in differences
            if one.field == "assign_to"
            for target in (*(one.before or ()), *(one.after or ()))
        ),
    )
    return tuple(
        SaidChange(change, _sentence(change), tuple(_line(one, names) for one in change.fields)) for change in changes
    )


def _sentence(change: Change) -> str:
    said = {
        "added": gettext("«%(name)s» is new, in place %(place)s."),
        "removed": gettext("«%(name)s», which was in place %(former)s, is gone."),
        "changed": gettext("«%(name)s» is changed."),
        "moved": gettext("«%(name)s» moves from place %(former)s to place %(place)s."),
    }[change.kind]
    return said % {"name": change.description, "place": change.position, "former": change.former_position}


def _line(one: Difference, names: Names) -> str:
    label = field_labels().get(one.field, one.field)
    if one.field == "active":
        return gettext("It is active again.") if one.after else gettext("It is paused.")
    if one.field == "assign_to":
        return f"{label}: {_of_people(one, names)}"
    before, after = (say_part(one.field, value, names) for value in (one.before, one.after))
    return gettext("%(field)s: %(after)s (before: %(before)s)") % {"field": label, "after": after, "before": before}


def _of_people(one: Difference, names: Names) -> str:
    """Say who came and who went; when nobody did, the order or the weights."""
    former, present = ([say_target(target, names) for target in side or ()] for side in (one.before, one.after))
    come = [name for name in present if name not in former]
    gone = [name for name in former if name not in present]
    if not come and not gone:
        return gettext("now in the order %(names)s") % {"names": ", ".join(present)}
    parts = [gettext("with %(names)s") % {"names": ", ".join(come)}] if come else []
    parts += [gettext("without %(names)s") % {"names": ", ".join(gone)}] if gone else []
    return ", ".join(parts)
