"""Throw a draft away, after a question: it cannot be undone."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.rules.delete_draft import delete_draft

from ..page import Page


class DraftDelete(Page):
    """`POST /reglas/borradores/<id>/eliminar`; the question is a dialog of the draft's page."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Delete it."""
        draft = delete_draft(draft_id, actor=self.actor, at=self.at)
        return self.done(gettext("«%(name)s» is deleted.") % {"name": draft.name}, to=reverse("rule_drafts"))
