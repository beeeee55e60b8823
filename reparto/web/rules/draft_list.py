"""The drafts of the rules, and a new one."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.rules.add_draft import add_draft
from reparto.rules.compare_rules import compare_rules
from reparto.rules.queries import all_drafts, all_rules, current_version_number
from reparto.rules.thaw_rules import list_rules

from ..page import Page

#: More than anybody writes at once.
SHOWN = 100


class DraftList(Page):
    """`/reglas/borradores`; POST copies the list as it stands, `name` is optional."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the drafts."""
        return self._draw()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin a draft and open it."""
        try:
            draft = add_draft(request.POST.get("name", "").strip(), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._draw(fault=invalid.faults[0].message, status=422)
        said = gettext("This is a copy of what is in force: change it, then publish it.")
        return self.done(said, to=reverse("draft_rules", args=[draft.pk]))

    def _draw(self, *, fault: str = "", status: int = 200) -> HttpResponse:
        listed, current = list_rules(all_rules()), current_version_number()
        drafts = [
            {
                "draft": draft,
                "rules": len(draft.content),
                "changes": len(compare_rules(listed, draft.content)),
                "stale": draft.base_version != current,
            }
            for draft in all_drafts()[:SHOWN]
        ]
        context = {"drafts": drafts, "tab": "drafts", "may_edit": True, "fault": fault}
        return self.show("rules/drafts.html", context, status=status)
