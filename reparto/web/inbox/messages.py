"""What was said, by itself; and saying something."""

import json
from typing import ClassVar

from django.contrib import messages as complaints
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.conversations.check_seen import AnsweredMeanwhile, check_seen
from reparto.conversations.keep_draft import forget_draft, keep_draft
from reparto.conversations.keep_file import MOST_BYTES, OutgoingFile, read_file
from reparto.conversations.mark_read import mark_read
from reparto.conversations.models import Message
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.kit.faults import Invalid

from ..page import Page
from ..say_toast import say_toast
from .act import CHANGED
from .draw_log import read_log
from .draw_thread import Part, ask_latest, read_before, read_from, read_latest
from .opened import open_conversation
from .read_words import read_words
from .sent_once import Sending, keep_sent, sent_before
from .where import read_where


class Messages(Page):
    """`/bandeja/{id}/mensajes`: a stretch of the thread; POST replies, or notes in private."""

    action: ClassVar[str] = "conversation.view"
    section: ClassVar[str] = "inbox"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer all `from` a message on, or the page `before` one; without htmx, the page with it."""
        opened = open_conversation(conversation_id, actor=self.actor)
        first, before = _number(request.GET.get("from")), _number(request.GET.get("before"))
        if before is not None:
            part = read_before(opened.talk.pk, before)
        else:
            part = read_latest(ask_latest(opened.talk.pk)) if first is None else read_from(opened.talk.pk, first)
        context = read_log(opened, part, read_where(request.GET), at=self.at)
        if before is None:
            # Whoever asks from a message on has the earlier ones, or their link, already.
            context["earlier_url"] = ""
            if self.by_htmx and "X-Hidden" not in request.headers:
                mark_read(opened.talk.pk, actor=self.actor)
        template = "inbox/entries.html" if self.by_htmx else "inbox/earlier_page.html"
        return self.show_part(template, context) if self.by_htmx else self.show(template, context | {"opened": opened})

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Send it, and answer the new bubble; what was sent already under its `key` is not sent again."""
        private = request.POST.get("mode") == "note"
        try:
            reply = Reply(read_words(request.POST).strip(), private=private, file=_file(request))
        except Invalid as invalid:
            return self._refuse(" ".join(fault.message for fault in invalid.faults), conversation_id)
        sending = Sending(conversation_id, reply, request.POST.get("key", ""), self.actor)
        try:
            message = self._send(sending, seen=_number(request.POST.get("seen")))
        except AnsweredMeanwhile as answered:
            return _show_newer(answered.message)
        except CannotSend as cannot:
            return self._refuse(say_cannot(cannot.code), conversation_id)
        return self._show_sent(message)

    def _send(self, sending: Sending, *, seen: int | None) -> Message:
        lock_desk(self.actor.organization_id)
        if message := sent_before(sending):
            return message
        if seen is not None and not sending.reply.private:
            check_seen(sending.conversation_id, seen, actor=self.actor)
        # What was refused half way leaves nothing behind, also where the answer is a page (which commits).
        with transaction.atomic():
            message = answer_conversation(sending.conversation_id, sending.reply, actor=self.actor, at=self.at)
            keep_sent(sending, message, at=self.at)
        forget_draft(sending.conversation_id, actor=self.actor)
        return message

    def _show_sent(self, message: Message) -> HttpResponse:
        where, talk_id = read_where(self.request.GET), message.conversation_id
        if not self.by_htmx:
            return self.done(gettext("Note kept") if message.private else gettext("Sent"), to=where.url(talk_id))
        opened = open_conversation(talk_id, actor=self.actor)
        part = Part((message,), earlier=True, reaches_end=True)
        context = read_log(opened, part, where, at=self.at)
        # The day and the window are there already; the bubble goes to the end.
        said = [entry for entry in context["entries"] if entry["id"] == message.pk]
        return self.show_part("inbox/entries.html", {"talk": opened.talk, "entries": said})

    def _refuse(self, why: str, conversation_id: int) -> HttpResponse:
        if not self.by_htmx:
            return self._keep_and_say(why, conversation_id)
        # `composer.js` writes it beside what was refused, where words and file stand again.
        return HttpResponse(status=422, headers={"HX-Reswap": "none", "HX-Trigger": json.dumps({"refused": why})})

    def _keep_and_say(self, why: str, conversation_id: int) -> HttpResponse:
        """Without script the page is drawn anew: the words stand in it as what was begun."""
        begun = Reply(read_words(self.request.POST), private=self.request.POST.get("mode") == "note")
        keep_draft(conversation_id, begun, actor=self.actor, at=self.at)
        complaints.error(self.request, why)
        return HttpResponseRedirect(read_where(self.request.GET).url(conversation_id))


def _file(request: HttpRequest) -> OutgoingFile | None:
    """Return the file that came along; no more of it is read than could leave. Raises Invalid."""
    sent = request.FILES.get("file")
    return None if sent is None else read_file(sent.name or "", sent.read(MOST_BYTES + 1))


def _show_newer(newer: Message) -> HttpResponse:
    """Show what a colleague has answered meanwhile; who has seen it sends again, and is not asked."""
    asked = HttpResponse(status=409, headers={"HX-Reswap": "none", "HX-Trigger": json.dumps({CHANGED: True})})
    name = newer.author.name if newer.author else ""
    said = gettext("%(name)s has answered meanwhile. Read it, and send again if yours still holds.") % {"name": name}
    return say_toast(asked, said, kind="error")


def say_cannot(code: str) -> str:
    """Say why a reply did not leave."""
    return {
        "not_failed": gettext("This message is on its way, or may have arrived: it is not sent again."),
        "empty": gettext("Write something first."),
        "unfilled": gettext("A {{variable}} of the text has no value here. Write it by hand before sending."),
        "unknown_template": gettext("This account has no such template (any more)."),
        "missing_value": gettext("Every variable of the template needs a value."),
        "note_with_file": gettext("A private note carries no file. Write where it is instead."),
        "too_long": gettext("A message has at most 4,096 characters."),
        "closed": gettext("The conversation is closed; reopen it to reply."),
        "window_closed": gettext("24 hours have passed since the contact's last message: WhatsApp takes no free text."),
        "no_way_out": gettext("Nothing can be sent to this contact by this account."),
    }.get(code, code)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 19 else None
