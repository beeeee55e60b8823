"""
The editor of one rule, beside the list: a sentence from description to whom it is given.

Buttons inside it save nothing and lose nothing; *Save rule* publishes a new version of the whole list. Of a rule that
somebody else changed meanwhile only what was changed on the form is stored.
"""

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
from .merge_rule import MergedRule, keep_theirs, merge_rule, new_rule, was_of_form
from .rule_form import RuleForm, form_of_rule, read_form
from .rule_page import RulePage
from .show_form import show_form


class RuleEditor(RulePage):
    """`/reglas/<id>` and `/reglas/nueva`; in a draft, `DraftRuleEditor`."""

    post_action: ClassVar[str] = "rules.manage"

    def find(self, rule_id: int) -> Rule:
        """Return a rule of the list. Raises UnknownRule."""
        return find_rule(rule_id)

    def keep(self, form: RuleForm, rule: Rule | None, changes: dict[str, Any]) -> HttpResponse:
        """Store a new rule, or what is changed of one, and say so. Raises Invalid, StaleVersion and WouldMove."""
        if form.active:
            ask_moves(self._as_typed(form, rule), self.request, at=self.at)
        saved = change_rules(lambda: self._store(form, rule, changes), actor=self.actor, at=self.at)
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
        form = RuleForm() if rule is None else self.form_of(rule)
        return self._draw(form, rule, was=was_of_form(form))

    def post(self, request: HttpRequest, rule_id: int | None = None, **_shelf: int) -> HttpResponse:
        """Take a step inside the editor, or save."""
        rule = None if rule_id is None else self.find(rule_id)
        form, sent = read_form(request.POST), request.POST.dict()
        if steps := request.POST.getlist("step"):
            form = keep_theirs(form, self.form_of(rule), sent) if rule else form
            changed = reduce(partial(change_form, added=sent.get("add_target", "")), steps, form)
            return self._draw(changed, rule, was=sent.get("was", ""))
        return self._save(merge_rule(form, self.form_of(rule), sent) if rule else new_rule(form), rule)

    def _save(self, merged: MergedRule, rule: Rule | None) -> HttpResponse:
        form, was = merged.form, merged.was
        if merged.clashes:
            return self._draw(form, rule, status=412, was=was, clashes=merged.clashes)
        try:
            return self.keep(form, rule, merged.changes)
        except Invalid as invalid:
            _, places = form.values(custom_kinds())
            return self._draw(form, rule, status=422, was=was, invalid=invalid, places=places)
        except WouldMove as asked:
            return self._draw(form, rule, status=409, was=was, moves=asked.shown)
        except StaleVersion:
            return self._draw(form, rule, status=412, was=was, stale=True)

    def _store(self, form: RuleForm, rule: Rule | None, changes: dict[str, Any]) -> Rule:
        if rule is not None and not changes:
            return rule
        if rule is not None:
            return edit_rule(rule.pk, changes, actor=self.actor, at=self.at, if_version=rule.version)
        return add_rule(_drafted(form.values(custom_kinds())[0]), actor=self.actor, at=self.at)

    def _as_typed(self, form: RuleForm, rule: Rule | None) -> RuleSet:
        """Return the rules as they would be. Raises Invalid."""
        values, _ = form.values(custom_kinds())
        return draft_rule_set([_drafted(values)], rule_id=rule.pk if rule else None)

    def _draw(self, form: RuleForm, rule: Rule | None, *, was: str, status: int = 200, **wrong: Any) -> HttpResponse:
        beside = {name: wrong.pop(name, None) for name in ("moves", "clashes", "stale")}
        context = show_form(form, actor=self.actor, rule_id=rule.pk if rule else 0, at=self.at, **wrong)
        context |= {"rule": rule, "url": self.address(rule), "was": was, **beside}
        if self.by_htmx:
            return self.show_part("rules/editor.html#fields", context | {"may_edit": True}, status=status)
        return self.show("rules/editor.html", context | self.list_context(rule.pk if rule else None), status=status)


def _drafted(values: dict[str, Any]) -> RuleDraft:
    return RuleDraft(**values | {"assign_to": tuple(values["assign_to"]), "tags": tuple(values["tags"])})
