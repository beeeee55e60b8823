"""
The editor of one rule, beside the list: a sentence from description to whom it is given.

Buttons inside it save nothing and lose nothing; *Save rule* publishes a new version of the whole list.
"""

from dataclasses import replace
from functools import partial, reduce
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.people.permissions import check
from reparto.rules.add_rule import add_rule
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule
from reparto.rules.queries import find_rule
from reparto.rules.rule_draft import RuleDraft

from .change_form import change_form
from .publish import publish
from .rule_form import RuleForm, form_of_rule, read_form
from .rule_page import RulePage
from .show_form import show_form


class RuleEditor(RulePage):
    """`/reglas/<id>` and `/reglas/nueva`."""

    post_action: ClassVar[str] = "rules.manage"

    def get(self, request: HttpRequest, rule_id: int | None = None) -> HttpResponse:
        """Open a rule, or an empty one."""
        if rule_id is None:
            check(self.actor, "rules.manage")
        rule = None if rule_id is None else find_rule(rule_id)
        return self._draw(RuleForm() if rule is None else form_of_rule(rule), rule)

    def post(self, request: HttpRequest, rule_id: int | None = None) -> HttpResponse:
        """Take a step inside the editor, or save."""
        rule = None if rule_id is None else find_rule(rule_id)
        form = read_form(request.POST)
        if steps := request.POST.getlist("step"):
            added = request.POST.get("add_target", "")
            return self._draw(reduce(partial(change_form, added=added), steps, form), rule)
        try:
            saved = publish(lambda: self._save(form, rule), actor=self.actor, at=self.at)
        except Invalid as invalid:
            _, places = form.values(custom_kinds())
            return self._draw(form, rule, status=422, invalid=invalid, places=places)
        except StaleVersion as stale:
            return self._draw(replace(form, version=stale.version), rule, status=412, stale=True)
        return self.done(gettext("«%(name)s» is saved and in force.") % {"name": saved.description}, to=_url(saved))

    def _save(self, form: RuleForm, rule: Rule | None) -> Rule:
        values, _ = form.values(custom_kinds())
        if rule is not None:
            return edit_rule(rule.pk, values, actor=self.actor, at=self.at, if_version=form.version)
        draft = RuleDraft(**values | {"assign_to": tuple(values["assign_to"]), "tags": tuple(values["tags"])})
        return add_rule(draft, actor=self.actor, at=self.at)

    def _draw(
        self, form: RuleForm, rule: Rule | None, *, status: int = 200, stale: bool = False, **wrong: Any
    ) -> HttpResponse:
        context = show_form(form, rule_id=rule.pk if rule else 0, at=self.at, **wrong)
        context |= {"rule": rule, "url": _url(rule), "stale": stale}
        if self.by_htmx:
            return self.show_part("rules/editor.html#fields", context | {"may_edit": True}, status=status)
        return self.show("rules/editor.html", context | self.list_context(rule.pk if rule else None), status=status)


def _url(rule: Rule | None) -> str:
    return reverse("rule", args=[rule.pk]) if rule else reverse("rule_new")
