"""Delete an e-mail template that nothing uses."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.rules.delete_template import delete_template

from ..page import Page


class DeleteMailTemplate(Page):
    """`POST /ajustes/plantillas-de-correo/{id}/eliminar`."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, template_id: int) -> HttpResponse:
        """Delete it and lead back to the catalogue; one in use stays, and it is said where."""
        try:
            delete_template(template_id, actor=self.actor, at=self.at)
        except Invalid as invalid:
            said = " ".join(fault.message for fault in invalid.faults)
            return self.refused(said, to=reverse("mail_templates"))
        return self.done(gettext("The template is deleted."), to=reverse("mail_templates"))
