"""Copy a rule: the copy stands behind it, paused, and is opened to be changed."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.rules.duplicate_rule import duplicate_rule

from ..page import Page


class RuleCopy(Page):
    """`POST /reglas/<id>/duplicar`."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, rule_id: int) -> HttpResponse:
        """Copy it and open the copy."""
        actor, at = self.actor, self.at
        copy = change_rules(lambda: duplicate_rule(rule_id, actor=actor, at=at), actor=actor, at=at)
        said = gettext("«%(name)s» is a copy, paused until you switch it on.") % {"name": copy.description}
        return self.done(said, to=reverse("rule", args=[copy.pk]))
