"""Send a message template of WhatsApp: the only thing that it takes when its window is closed (UX-20)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.queries import templates_of
from reparto.channels.whatsapp.fill_placeholders import read_placeholders
from reparto.conversations.fill_template import fill_template
from reparto.conversations.queries import find_conversation
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.people.permissions import NotAllowed

from .act import Act
from .messages import say_cannot
from .opened import open_conversation
from .where import read_where

#: Inputs of values are called after it, so that none is taken for another field.
VALUE = "value-"


class TemplateDialog(Act):
    """`/bandeja/{id}/plantilla?template=`: choose, fill, send."""

    action: ClassVar[str] = "conversation.reply"
    section: ClassVar[str] = "inbox"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Show the templates of the account, the chosen one with its variables."""
        return self._ask(conversation_id, request.GET.get("template", ""), {})

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Send it, or say what is missing and keep what was typed."""
        chosen = request.POST.get("template", "")
        values = {
            name.removeprefix(VALUE): str(value) for name, value in request.POST.items() if name.startswith(VALUE)
        }
        talk = find_conversation(conversation_id, actor=self.actor)
        try:
            filled = fill_template(talk, _number(chosen), values)
            reply = Reply(filled.text, template=filled.content)
            answer_conversation(conversation_id, reply, actor=self.actor, at=self.at)
        except CannotSend as cannot:
            return self._ask(conversation_id, chosen, values, error=say_cannot(cannot.code))
        answer = self.said(gettext("Template sent"), conversation_id=conversation_id)
        if self.by_htmx:
            answer.headers["HX-Redirect"] = read_where(request.GET).url(conversation_id)
        return answer

    def _ask(self, conversation_id: int, chosen: str, values: Mapping[str, str], *, error: str = "") -> HttpResponse:
        opened = open_conversation(conversation_id, actor=self.actor)
        if not opened.may_reply:
            raise NotAllowed(self.action)
        templates = list(templates_of(opened.talk.account_id))
        template = next((one for one in templates if one.pk == _number(chosen)), None)
        names = read_placeholders(template.body) if template else ()
        where = read_where(self.request.GET)
        context: dict[str, Any] = {
            "opened": opened,
            "templates": templates,
            "template": template,
            "asked": [{"name": VALUE + name, "label": name, "value": values.get(name, "")} for name in names],
            "error": error,
            "url": where.part("inbox_template", opened.talk.pk),
        }
        status = 422 if error else 200
        if self.by_htmx:
            return self.show_part("inbox/template.html#dialog", context, status=status)
        return self.show("inbox/template.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
