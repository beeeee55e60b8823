"""Declare oneself available, away or off shift."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.set_availability import STATUSES, set_availability

from ..come_back import come_back
from ..page import Page

#: For how long somebody may say that they are away, in minutes.
LONGEST_MINUTES = 24 * 60


class SetAvailability(Page):
    """`POST /availability`: `availability`, and `minutes` after which an absence ends by itself."""

    action: ClassVar[str] = "availability.own"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set it and go back to where one was; whoever waits may have somebody now."""
        status = request.POST.get("availability", "")
        # A value that no menu offers says nothing; the page stays as it is.
        if status not in STATUSES:
            return self.done(gettext("Choose one of the three."), to=come_back(request))
        lock_desk(self.actor.organization_id)
        set_availability(self.actor.person_id, status=status, until=self._until(request), actor=self.actor, at=self.at)
        wake_waiting(self.actor.organization_id, reason="people", at=self.at)
        return self.done(_said(status), to=come_back(request))

    def _until(self, request: HttpRequest) -> datetime | None:
        minutes = request.POST.get("minutes", "")
        if not minutes.isdecimal() or not 0 < int(minutes) <= LONGEST_MINUTES:
            return None
        return self.at + timedelta(minutes=int(minutes))


def _said(status: str) -> str:
    return {
        "available": gettext("You are available: new work may come to you."),
        "away": gettext("You are away: nothing new comes to you."),
        "offline": gettext("You are off shift: nothing new comes to you."),
    }[status]
