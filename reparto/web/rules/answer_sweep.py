"""Answer a sweep that stopped to ask: *Continue*, or pause a rule."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.answer_halt import NothingToAnswer, answer_halt

from ..page import Page


class AnswerSweep(Page):
    """`POST /reglas/barrido/<id>`: `pause` with a rule's id, else it goes on."""

    action: ClassVar[str] = "rules.manage"

    def post(self, request: HttpRequest, halt_id: int) -> HttpResponse:
        """Answer, and go back to the rules."""
        to, written = reverse("rules"), request.POST.get("pause", "")
        rule_id = int(written) if written.isdecimal() and len(written) < 19 else None
        try:
            answer_halt(halt_id, "pause" if written else "go_on", actor=self.actor, at=self.at, rule_id=rule_id)
        except NothingToAnswer:
            return self.done(gettext("Somebody answered already, or there is not so much to move any more."), to=to)
        said = gettext("The rule is paused; it moves nobody.") if written else gettext("The rules go on moving.")
        return self.done(said, to=to)
