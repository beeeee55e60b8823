"""Quick replies: one's own and everybody's, as a list and in an editor."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.conversations.fill_variables import VARIABLES
from reparto.conversations.keep_quick_reply import QuickReplyDraft, keep_quick_reply
from reparto.conversations.models import QuickReply
from reparto.conversations.queries import UnknownQuickReply, lock_quick_reply, quick_replies_of
from reparto.kit.faults import Invalid
from reparto.people.permissions import may

from ..ask import faults_by_path
from ..inbox.read_words import read_words
from ..merge_form import Merged, merge_form, write_was
from ..page import Page
from .sections_of import sections_of


class QuickRepliesPage(Page):
    """`/ajustes/respuestas`, and `/ajustes/respuestas/{id}` with that one in the editor."""

    action: ClassVar[str] = "quick_reply.own"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest, quick_reply_id: int | None = None) -> HttpResponse:
        """Show the list, and one of it to be changed."""
        if quick_reply_id is None:
            return self._ask(merge_form({}, {}, {}), None)
        row = quick_replies_of(self.actor).filter(pk=quick_reply_id).first()
        if row is None:
            raise UnknownQuickReply(f"Quick reply {quick_reply_id} does not exist.")
        return self._ask(merge_form({}, _form_of(row), {}), quick_reply_id)

    def post(self, request: HttpRequest, quick_reply_id: int | None = None) -> HttpResponse:
        """Keep what was changed of it; what is wrong is said beside its field, and what was typed stays."""
        stored = {} if quick_reply_id is None else _form_of(lock_quick_reply(quick_reply_id, actor=self.actor))
        merged = merge_form(_typed(request.POST.dict()), stored, request.POST.dict())
        if merged.clashing:
            return self._ask(merged, quick_reply_id, status=412)
        try:
            keep_quick_reply(_draft(merged), actor=self.actor, at=self.at, quick_reply_id=quick_reply_id)
        except Invalid as invalid:
            return self._ask(merged, quick_reply_id, invalid, status=422)
        return self.done(gettext("The quick reply is saved."), to=reverse("quick_replies"))

    def _ask(
        self, merged: Merged, quick_reply_id: int | None, invalid: Invalid | None = None, *, status: int = 200
    ) -> HttpResponse:
        may_share = may(self.actor, "quick_reply.shared")
        rows = quick_replies_of(self.actor)
        context: dict[str, Any] = {
            "sections": sections_of(self.actor, "quick_replies"),
            "rows": [{"row": row, "mine": row.person_id is not None or may_share} for row in rows],
            "draft": _draft(merged),
            "was": write_was(merged.theirs) if quick_reply_id else "",
            "clashes": merged.say(_labels(), _say),
            "edited": quick_reply_id,
            "may_share": may_share,
            "faults": faults_by_path(invalid),
            "variables": ["{{" + name + "}}" for name in VARIABLES],
        }
        return self.show("settings/quick_replies.html", context, status=status)


def _form_of(row: QuickReply) -> dict[str, str]:
    """Return what the form shows of one as it is."""
    return {"name": row.name, "text": row.text, "shared": "" if row.person_id else "on"}


def _typed(sent: Mapping[str, str]) -> dict[str, str]:
    return {"name": sent.get("name", "").strip(), "text": read_words(sent).strip(), "shared": sent.get("shared", "")}


def _draft(merged: Merged) -> QuickReplyDraft:
    values = merged.values
    return QuickReplyDraft(values.get("name", ""), values.get("text", ""), shared=bool(values.get("shared")))


def _labels() -> dict[str, str]:
    return {"name": gettext("Name"), "text": gettext("Text"), "shared": gettext("For everybody")}


def _say(name: str, value: str | None) -> str:
    if name == "shared":
        return gettext("Yes") if value else gettext("No")
    return value or ""
