"""What every act on the list of a draft has: it is stored or refused in sight, and the list is drawn again."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid

from .change_list import Listed, change_list
from .draft_shelf import DraftShelf


class DraftRuleAct(DraftShelf, ABC):
    """One act; `change` makes of the list what it is to be, `said` tells of it."""

    action: ClassVar[str] = "rules.manage"

    @property
    def seen(self) -> int | None:
        """The draft's version that the act is based on; none where it is about one rule, whatever the others are."""
        return None

    @abstractmethod
    def change(self, listed: Listed, request: HttpRequest) -> Listed:
        """Return the list as it is to be."""

    def said(self, listed: Listed, request: HttpRequest) -> str:
        """Return what was done, in words; nothing where it is plain to see."""
        return ""

    def post(self, request: HttpRequest, draft_id: int, **_rule: int) -> HttpResponse:
        """Do it, and go back to the draft; for htmx the list redraws itself when it hears of it."""
        try:
            draft = change_list(
                draft_id,
                lambda listed: self.change(listed, request),
                actor=self.actor,
                at=self.at,
                if_version=self.seen,
            )
        except StaleVersion:
            return self.show_again(gettext("Somebody changed this draft meanwhile; look again."), status=412)
        except Invalid as invalid:
            return self.show_again(invalid.faults[0].message, status=409)
        part = self.newest() if self.by_htmx else None
        said = self.said(draft.content, request) or gettext("The draft is saved.")
        return self.done(said, to=self.shelf.url("rules"), part=part)
