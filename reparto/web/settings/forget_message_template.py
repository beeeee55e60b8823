"""Forget a message template."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.channels.keep_message_template import forget_message_template

from ..page import Page


class ForgetMessageTemplate(Page):
    """`POST /ajustes/plantillas/{id}/eliminar`."""

    action: ClassVar[str] = "accounts.manage"

    def post(self, request: HttpRequest, template_id: int) -> HttpResponse:
        """Forget it here; Meta keeps its own."""
        forget_message_template(template_id, actor=self.actor, at=self.at)
        return self.done(gettext("The template is deleted."), to=reverse("message_templates"))
