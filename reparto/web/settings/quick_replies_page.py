"""Quick replies: one's own and everybody's, as a list and in an editor."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.conversations.fill_variables import VARIABLES
from reparto.conversations.keep_quick_reply import QuickReplyDraft, keep_quick_reply
from reparto.conversations.queries import UnknownQuickReply, quick_replies_of
from reparto.kit.faults import Invalid
from reparto.people.permissions import may

from ..ask import faults_by_path
from ..page import Page
from .sections_of import sections_of


class QuickRepliesPage(Page):
    """`/ajustes/respuestas`, and `/ajustes/respuestas/{id}` with that one in the editor."""

    action: ClassVar[str] = "quick_reply.own"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest, quick_reply_id: int | None = None) -> HttpResponse:
        """Show the list, and one of it to be changed."""
        if quick_reply_id is None:
            return self._ask(QuickReplyDraft("", ""), None, None)
        row = quick_replies_of(self.actor).filter(pk=quick_reply_id).first()
        if row is None:
            raise UnknownQuickReply(f"Quick reply {quick_reply_id} does not exist.")
        return self._ask(QuickReplyDraft(row.name, row.text, row.person_id is None), quick_reply_id, None)

    def post(self, request: HttpRequest, quick_reply_id: int | None = None) -> HttpResponse:
        """Keep it; what is wrong is said beside its field, and what was typed stays."""
        sent = request.POST
        draft = QuickReplyDraft(sent.get("name", ""), sent.get("text", ""), shared="shared" in sent)
        try:
            keep_quick_reply(draft, actor=self.actor, at=self.at, quick_reply_id=quick_reply_id)
        except Invalid as invalid:
            return self._ask(draft, quick_reply_id, invalid)
        return self.done(gettext("The quick reply is saved."), to=reverse("quick_replies"))

    def _ask(self, draft: QuickReplyDraft, quick_reply_id: int | None, invalid: Invalid | None) -> HttpResponse:
        may_share = may(self.actor, "quick_reply.shared")
        rows = quick_replies_of(self.actor)
        context: dict[str, Any] = {
            "sections": sections_of(self.actor, "quick_replies"),
            "rows": [{"row": row, "mine": row.person_id is not None or may_share} for row in rows],
            "draft": draft,
            "edited": quick_reply_id,
            "may_share": may_share,
            "faults": faults_by_path(invalid),
            "variables": ["{{" + name + "}}" for name in VARIABLES],
        }
        return self.show("settings/quick_replies.html", context, status=422 if invalid else 200)
