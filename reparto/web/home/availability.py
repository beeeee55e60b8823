"""Declare oneself available, away or off shift; and choose what becomes of replies meanwhile."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.choose_replies import choose_replies
from reparto.people.set_availability import STATUSES, set_availability

from ..availability.ask_again import ask_again
from ..availability.read_until import read_until
from ..come_back import come_back
from ..page import Page
from ..people.change_desk import change_desk


class SetAvailability(Page):
    """`POST /availability`: `availability`, `reason`, its end (`read_until`); or `reassign` (on, off) alone."""

    action: ClassVar[str] = "availability.own"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set it and go back to where one was; whoever waits may have somebody now."""
        status, reassign, to = (
            request.POST.get("availability", ""),
            request.POST.get("reassign", ""),
            come_back(request),
        )
        if reassign in ("on", "off"):
            return self._choose_replies(reassign == "on", to=to)
        # A value that no menu offers says nothing; the page stays as it is.
        if status not in STATUSES:
            return self.refused(gettext("Choose one of the three."), to=to, status=422)
        try:
            change_desk(lambda: self._set(status), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return ask_again(self, invalid, to=to)
        return self.done(_said(status), to=to)

    def _set(self, status: str) -> None:
        sent = self.request.POST
        set_availability(
            self.actor.person_id,
            status=status,
            reason=sent.get("reason", "") if status != "available" else "",
            until=read_until(sent, at=self.at, time_zone=self.actor.time_zone),
            actor=self.actor,
            at=self.at,
        )

    def _choose_replies(self, reassign: bool, *, to: str) -> HttpResponse:
        change_desk(
            lambda: choose_replies(self.actor.person_id, reassign=reassign, actor=self.actor, at=self.at),
            actor=self.actor,
            at=self.at,
        )
        away = gettext("While you are away, somebody else answers who writes to you.")
        return self.done(away if reassign else gettext("While you are away, your conversations wait for you."), to=to)


def _said(status: str) -> str:
    return {
        "available": gettext("You are available: new work may come to you."),
        "away": gettext("You are away: nothing new comes to you."),
        "offline": gettext("You are off shift: nothing new comes to you."),
    }[status]
