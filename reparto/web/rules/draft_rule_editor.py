"""
The editor of one rule of a draft: the same as of a rule in force, but saving changes nothing outside the draft.

The version that the form carries is the draft's.
"""

from dataclasses import replace

from django.http import HttpResponse
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

    def find(self, rule_id: int) -> Rule:
        """Return a rule of the draft. Raises UnknownDraft and UnknownRule."""
        rules = rules_of_list(self.draft.content)
        return rules[place_of(self.draft.content, rule_id)]

    def form_of(self, rule: Rule) -> RuleForm:
        """Return the form of a rule of the draft."""
        return replace(super().form_of(rule), version=self.draft.version)

    def empty_form(self) -> RuleForm:
        """Return the form of a new rule of the draft."""
        return RuleForm(version=self.draft.version)

    def keep(self, form: RuleForm, rule: Rule | None) -> HttpResponse:
        """Put the rule into the draft."""
        values, _ = form.values(custom_kinds())
        place = len(self.draft.content) if rule is None else place_of(self.draft.content, rule.pk)

        def put(listed: Listed) -> Listed:
            former = {} if rule is None else listed[place]
            return [*listed[:place], {**former, **values}, *listed[place + 1 :]]

        try:
            saved = change_list(self.draft.pk, put, actor=self.actor, at=self.at, if_version=form.version)
        except Invalid as invalid:
            raise Invalid(tuple(_at_home(fault, f"rules[{place}]") for fault in invalid.faults)) from invalid
        said = gettext("«%(name)s» is saved in the draft.") % {"name": values["description"]}
        return self.done(said, to=self.shelf.url("rule", rule_id=saved.content[place]["id"]))


def _at_home(fault: Fault, before: str) -> Fault:
    """Return a fault with its place in the rule that is edited; one of another rule belongs to the whole."""
    if not fault.path.startswith(before):
        return Fault("", fault.code, f"{fault.path}: {fault.message}")
    return Fault(fault.path.removeprefix(before).removeprefix("."), fault.code, fault.message)
