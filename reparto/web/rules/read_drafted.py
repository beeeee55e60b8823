"""
The rules as they would be with what stands in the editor: among those in force, or in the draft that the form names.

It saves nothing.
"""

from django.http import QueryDict
from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds
from reparto.engine import RuleSet
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.models import RuleSetDraft
from reparto.rules.queries import find_draft
from reparto.rules.rule_draft import RuleDraft
from reparto.rules.thaw_rules import rules_of_list

from .rule_form import read_form


def read_drafted(sent: QueryDict) -> RuleSet:
    """Return them. Raises Invalid, UnknownRule and UnknownDraft."""
    values, _ = read_form(sent).values(custom_kinds())
    values["description"] = values["description"].strip() or gettext("This draft")
    draft = RuleDraft(**values | {"assign_to": tuple(values["assign_to"]), "tags": tuple(values["tags"])})
    listed = named_draft(sent)
    among = rules_of_list(listed.content) if listed else None
    return draft_rule_set([draft], rule_id=_number(sent, "rule"), among=among)


def named_draft(sent: QueryDict) -> RuleSetDraft | None:
    """Return the draft that the form names; None for the rules in force. Raises UnknownDraft."""
    number = _number(sent, "draft")
    return None if number is None else find_draft(number)


def _number(sent: QueryDict, name: str) -> int | None:
    written = sent.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 19 else None
