"""
The editor of one rule of a draft: the same as of a rule in force, but saving changes nothing outside the draft.

What became of the other rules of the draft meanwhile is nothing to it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds
from reparto.kit.faults import Fault, Invalid
from reparto.rules.models import Rule
from reparto.rules.thaw_rules import rules_of_list

from .change_list import Listed, change_list, place_of
from .draft_shelf import DraftShelf
from .rule_editor import RuleEditor
from .rule_form import RuleForm


class DraftRuleEditor(DraftShelf, RuleEditor):
    """`/reglas/borradores/<id>/<rule>` and `/reglas/borradores/<id>/nueva`."""

    def get(self, request: HttpRequest, rule_id: int | None = None, **shelf: int) -> HttpResponse:
        """Open a rule of the draft, or an empty one. Raises UnknownDraft, of a new rule too, and UnknownRule."""
        _ = self.draft
        return super().get(request, rule_id, **shelf)

    def find(self, rule_id: int) -> Rule:
        """Return a rule of the draft. Raises UnknownDraft and UnknownRule."""
        rules = rules_of_list(self.draft.content)
        return rules[place_of(self.draft.content, rule_id)]

    def keep(self, form: RuleForm, rule: Rule | None, changes: dict[str, Any]) -> HttpResponse:
        """Put the rule, or what is changed of it, into the draft."""
        values = form.values(custom_kinds())[0] if rule is None else changes
        place = len(self.draft.content) if rule is None else place_of(self.draft.content, rule.pk)

        def put(listed: Listed) -> Listed:
            former = {} if rule is None else listed[place]
            return [*listed[:place], {**former, **values}, *listed[place + 1 :]]

        try:
            saved = change_list(self.draft.pk, put, actor=self.actor, at=self.at, if_version=self.draft.version)
        except Invalid as invalid:
            raise Invalid(tuple(_at_home(fault, f"rules[{place}]") for fault in invalid.faults)) from invalid
        said = gettext("«%(name)s» is saved in the draft.") % {"name": form.description}
        return self.done(said, to=self.shelf.url("rule", rule_id=saved.content[place]["id"]))


def _at_home(fault: Fault, before: str) -> Fault:
    """Return a fault with its place in the rule that is edited; one of another rule belongs to the whole."""
    if not fault.path.startswith(before):
        return Fault("", fault.code, f"{fault.path}: {fault.message}")
    return Fault(fault.path.removeprefix(before).removeprefix("."), fault.code, fault.message)
