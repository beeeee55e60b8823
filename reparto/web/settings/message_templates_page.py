"""The message templates of the company's WhatsApp accounts, as Meta has approved them."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.channels.keep_message_template import TemplateDraft, keep_message_template
from reparto.channels.queries import UnknownAccount, all_accounts, all_templates
from reparto.kit.faults import Fault, Invalid

from ..ask import choices_of, faults_by_path
from ..page import Page
from .sections_of import sections_of


class MessageTemplatesPage(Page):
    """`/ajustes/plantillas`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show those that are kept, and ask for one more."""
        return self._ask(TemplateDraft(0, "", "es", ""), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep one; of the same account, name and language it replaces the former."""
        sent, account = request.POST, request.POST.get("account_id", "")
        account_id = int(account) if account.isdecimal() and len(account) < 19 else 0
        draft = TemplateDraft(account_id, sent.get("name", ""), sent.get("language", ""), sent.get("body", ""))
        try:
            keep_message_template(draft, actor=self.actor, at=self.at)
        except UnknownAccount:
            fault = Fault("account_id", "unknown_account", gettext("Choose an account."))
            return self._ask(draft, Invalid((fault,)))
        except Invalid as invalid:
            return self._ask(draft, invalid)
        return self.done(gettext("The template is saved."), to=reverse("message_templates"))

    def _ask(self, draft: TemplateDraft, invalid: Invalid | None) -> HttpResponse:
        accounts = [(one.pk, one.name) for one in all_accounts() if one.kind == "whatsapp"]
        context = {
            "sections": sections_of(self.actor, "message_templates"),
            "templates": list(all_templates()),
            "draft": draft,
            "accounts": choices_of(accounts, chosen=draft.account_id),
            "faults": faults_by_path(invalid),
        }
        return self.show("settings/message_templates.html", context, status=422 if invalid else 200)
