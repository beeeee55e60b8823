"""What every act on one rule of a draft has: it is stored or refused in sight, and the list is drawn again."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid

from ..page import Page
from .change_list import Listed, change_list
from .shelf import shelf_of_draft


class DraftRuleAct(Page, ABC):
    """One act; `change` makes of the list what it is to be, `said` tells of it."""

    action: ClassVar[str] = "rules.manage"

    @abstractmethod
    def change(self, listed: Listed, request: HttpRequest) -> Listed:
        """Return the list as it is to be."""

    def said(self, listed: Listed, request: HttpRequest) -> str:
        """Return what was done, in words; nothing where it is plain to see."""
        return ""

    def post(self, request: HttpRequest, draft_id: int, **_rule: int) -> HttpResponse:
        """Do it, and go back to the draft; for htmx the list redraws itself when it hears of it."""
        to = shelf_of_draft(draft_id).url("rules")
        try:
            draft = change_list(draft_id, lambda listed: self.change(listed, request), actor=self.actor, at=self.at)
        except StaleVersion:
            return self.refused(gettext("Somebody changed this draft meanwhile; look again."), to=to)
        except Invalid as invalid:
            return self.refused(invalid.faults[0].message, to=to)
        part = HttpResponse(status=200) if self.by_htmx else None
        return self.done(self.said(draft.content, request) or gettext("The draft is saved."), to=to, part=part)
