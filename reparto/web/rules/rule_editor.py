"""
The editor of one rule, beside the list: a sentence from description to whom it is given.

Buttons inside it save nothing and lose nothing; *Save rule* publishes a new version of the whole list.
"""

from dataclasses import replace
from functools import partial, reduce
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.contacts.queries import custom_kinds
from reparto.engine import RuleSet
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.people.permissions import check
from reparto.rules.add_rule import add_rule
from reparto.rules.draft_rule_set import draft_rule_set
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule
from reparto.rules.queries import find_rule
from reparto.rules.rule_draft import RuleDraft

from .ask_moves import WouldMove, ask_moves
from .change_form import change_form
from .rule_form import RuleForm, form_of_rule, read_form
from .rule_page import RulePage
from .show_form import show_form


class RuleEditor(RulePage):
    """`/reglas/<id>` and `/reglas/nueva`; in a draft, `DraftRuleEditor`."""

    post_action: ClassVar[str] = "rules.manage"

    def find(self, rule_id: int) -> Rule:
        """Return a rule of the list. Raises UnknownRule."""
        return find_rule(rule_id)

    def keep(self, form: RuleForm, rule: Rule | None) -> HttpResponse:
        """Store what was typed and say so. Raises Invalid, StaleVersion and WouldMove."""
        if self.request.POST.get("active"):
            ask_moves(self._as_typed(form, rule), self.request, at=self.at)
        saved = change_rules(lambda: self._store(form, rule), actor=self.actor, at=self.at)
        said = gettext("«%(name)s» is saved and in force.") % {"name": saved.description}
        return self.done(said, to=self.address(saved))

    def address(self, rule: Rule | None) -> str:
        """Return where a rule is edited."""
        return self.shelf.url("rule", rule_id=rule.pk) if rule else self.shelf.url("rule_new")

    def form_of(self, rule: Rule) -> RuleForm:
        """Return the form of a rule of the list."""
        return form_of_rule(rule)

    def get(self, request: HttpRequest, rule_id: int | None = None, **_shelf: int) -> HttpResponse:
        """Open a rule, or an empty one."""
        if rule_id is None:
            check(self.actor, "rules.manage")
        rule = None if rule_id is None else self.find(rule_id)
        return self._draw(self.empty_form() if rule is None else self.form_of(rule), rule)

    def post(self, request: HttpRequest, rule_id: int | None = None, **_shelf: int) -> HttpResponse:
        """Take a step inside the editor, or save."""
        rule = None if rule_id is None else self.find(rule_id)
        form = read_form(request.POST)
        if steps := request.POST.getlist("step"):
            added = request.POST.get("add_target", "")
            return self._draw(reduce(partial(change_form, added=added), steps, form), rule)
        try:
            return self.keep(form, rule)
        except Invalid as invalid:
            _, places = form.values(custom_kinds())
            return self._draw(form, rule, status=422, invalid=invalid, places=places)
        except WouldMove as asked:
            return self._draw(form, rule, status=409, moves=asked.shown)
        except StaleVersion as stale:
            return self._draw(replace(form, version=stale.version), rule, status=412, stale=True)

    def empty_form(self) -> RuleForm:
        """Return the form of a new rule."""
        return RuleForm()

    def _store(self, form: RuleForm, rule: Rule | None) -> Rule:
        values, _ = form.values(custom_kinds())
        if rule is not None:
            return edit_rule(rule.pk, values, actor=self.actor, at=self.at, if_version=form.version)
        return add_rule(_drafted(values), actor=self.actor, at=self.at)

    def _as_typed(self, form: RuleForm, rule: Rule | None) -> RuleSet:
        """Return the rules as they would be. Raises Invalid."""
        values, _ = form.values(custom_kinds())
        return draft_rule_set([_drafted(values)], rule_id=rule.pk if rule else None)

    def _draw(
        self, form: RuleForm, rule: Rule | None, *, status: int = 200, stale: bool = False, **wrong: Any
    ) -> HttpResponse:
        moves = wrong.pop("moves", None)
        context = show_form(form, actor=self.actor, rule_id=rule.pk if rule else 0, at=self.at, **wrong)
        context |= {"rule": rule, "url": self.address(rule), "stale": stale, "moves": moves}
        if self.by_htmx:
            return self.show_part("rules/editor.html#fields", context | {"may_edit": True}, status=status)
        return self.show("rules/editor.html", context | self.list_context(rule.pk if rule else None), status=status)


def _drafted(values: dict[str, Any]) -> RuleDraft:
    return RuleDraft(**values | {"assign_to": tuple(values["assign_to"]), "tags": tuple(values["tags"])})
