"""E-mail templates: the catalogue, one of them in the editor, and how it reads for a real contact (UP-9)."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.contacts.search_contacts import search_contacts
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.rules.add_template import add_template
from reparto.rules.edit_template import edit_template
from reparto.rules.find_template import all_templates, find_template
from reparto.rules.models import Template
from reparto.rules.preview_template import preview_template
from reparto.rules.read_template import TemplateDraft
from reparto.rules.show_template import show_template

from ..page import Page
from ..read_id import read_id
from .label_merge_fields import label_merge_fields
from .sections_of import sections_of


class MailTemplatesPage(Page):
    """`/ajustes/plantillas-de-correo`, and `/ajustes/plantillas-de-correo/{id}` with that one in the editor."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest, template_id: int | None = None) -> HttpResponse:
        """Show the catalogue, and one of it to be changed."""
        template = None if template_id is None else find_template(template_id)
        return self._ask(TemplateDraft("", "", "") if template is None else _draft_of(template), template)

    def post(self, request: HttpRequest, template_id: int | None = None) -> HttpResponse:
        """Keep it, or only show how it reads; what is wrong is said beside its field, and what was typed stays."""
        template = None if template_id is None else find_template(template_id)
        sent = request.POST
        draft = TemplateDraft(*(sent.get(name, "").replace("\r\n", "\n") for name in ("name", "subject", "body")))
        if "preview" in sent:
            return self._preview(draft, template, sent.get("q", "").strip()[:200])
        try:
            self._keep(draft, template)
        except Invalid as invalid:
            return self._ask(draft, template, invalid, status=422)
        except StaleVersion as stale:
            return self._ask(draft, template, status=412, stale=stale.version)
        return self.done(gettext("The template is saved."), to=reverse("mail_templates"))

    def _keep(self, draft: TemplateDraft, template: Template | None) -> None:
        if template is None:
            add_template(draft, actor=self.actor, at=self.at)
            return
        changes = {"name": draft.name, "subject": draft.subject, "body": draft.body}
        version = read_id(self.request.POST.get("version", ""))
        edit_template(template.pk, changes, actor=self.actor, at=self.at, if_version=version or None)

    def _preview(self, draft: TemplateDraft, template: Template | None, words: str) -> HttpResponse:
        context: dict[str, Any] = {"q": words, "looked": True, "contact": self._contact(words)}
        try:
            if context["contact"]:
                context["filled"] = preview_template(draft, context["contact"].pk, actor=self.actor)
        except Invalid as invalid:
            context["wrong"] = [fault.message for fault in invalid.faults]
        if self.by_htmx:
            return self.show_part("settings/mail_templates.html#preview", context)
        return self._ask(draft, template, preview=context)

    def _contact(self, words: str) -> Contact | None:
        """Return the one that the words find, the newest of all without any."""
        contacts = visible_contacts(self.actor)
        return (search_contacts(contacts, words) if words else contacts).first()

    def _ask(
        self,
        draft: TemplateDraft,
        template: Template | None,
        invalid: Invalid | None = None,
        *,
        status: int = 200,
        stale: int | None = None,
        preview: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "sections": sections_of(self.actor, "mail_templates"),
            "templates": list(all_templates()),
            "draft": draft,
            "edited": template,
            "version": stale if stale is not None else template.version if template else "",
            "stale": stale is not None,
            "faults": _all_faults(invalid),
            "fields": label_merge_fields(),
            "no_mail": not settings.MAILERS,
            **(preview or {}),
        }
        return self.show("settings/mail_templates.html", context, status=status)


def _draft_of(template: Template) -> TemplateDraft:
    return TemplateDraft(**show_template(template))


def _all_faults(invalid: Invalid | None) -> dict[str, str]:
    """Return all that is wrong by field: a text may be wrong in several lines."""
    found: dict[str, list[str]] = {}
    for fault in invalid.faults if invalid else ():
        found.setdefault(fault.path, []).append(fault.message)
    return {path: " ".join(said) for path, said in found.items()}
