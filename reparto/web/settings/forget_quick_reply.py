"""Delete a quick reply."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.conversations.keep_quick_reply import forget_quick_reply

from ..page import Page


class ForgetQuickReply(Page):
    """`POST /ajustes/respuestas/{id}/eliminar`."""

    action: ClassVar[str] = "quick_reply.own"

    def post(self, request: HttpRequest, quick_reply_id: int) -> HttpResponse:
        """Delete it and lead back to the list."""
        forget_quick_reply(quick_reply_id, actor=self.actor)
        return self.done(gettext("The quick reply is deleted."), to=reverse("quick_replies"))
