"""
One draft: its list, what stands in the way of publishing it, what publishing would change, what no rule takes.

It publishes nothing; `DraftPublish` does.
"""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.rules.edit_draft import edit_draft

from ..read_id import read_id
from .judged_draft import JudgedDraft

#: What else of the page stays live, by the id of its element.
PARTS = {"draft-head": "head", "draft-rest": "rest"}


class DraftPage(JudgedDraft):
    """`/reglas/borradores/<id>`; for htmx the list alone, or what is said about it; POST gives it another `name`."""

    post_action: ClassVar[str] = "rules.manage"

    def get(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Show the draft."""
        part = PARTS.get(request.headers.get("HX-Target", "")) if self.by_htmx else None
        if part:
            return self.show_part(f"rules/draft.html#{part}", self.all_of_it())
        if self.by_htmx:
            opened = read_id(request.GET.get("current", "")) or None
            return self.show_part("rules/rules.html", self.list_context(opened))
        return self.draw()

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Call it otherwise."""
        try:
            edit_draft(draft_id, {"name": request.POST.get("name", "")}, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.draw(status=422, name_fault=invalid.faults[0].message)
        return self.done(gettext("The draft has its new name."), to=self.shelf.url("rules"))
