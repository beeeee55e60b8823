"""
What leads from one list of rules to another, as the API answers it: with the ids for programs, in sentences for people.

It compares nothing.
"""

from collections.abc import Sequence
from typing import Any, Literal

from reparto.rules.compare_rules import Change
from reparto.rules.describe_changes import describe_changes

from .shapes import Answer


class ChangedFieldAnswer(Answer):
    """One field that is not the same."""

    field: str
    before: Any
    after: Any
    message: str


class ChangeAnswer(Answer):
    """One rule that is not the same; places are null where it is not there."""

    kind: Literal["added", "removed", "changed", "moved"]
    rule_id: int
    description: str
    position: int | None
    former_position: int | None
    message: str
    fields: list[ChangedFieldAnswer]


def show_changes(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the changes as `ChangeAnswer` describes them."""
    return [
        {
            "kind": said.change.kind,
            "rule_id": said.change.rule_id,
            "description": said.change.description,
            "position": said.change.position,
            "former_position": said.change.former_position,
            "message": said.sentence,
            "fields": [
                {"field": one.field, "before": one.before, "after": one.after, "message": line}
                for one, line in zip(said.change.fields, said.lines, strict=True)
            ],
        }
        for said in describe_changes(changes)
    ]
