"""
Signing in and out as the browser sees it: whoever is not signed in there is told nothing by it any more.

Who may sign in is the room `people`'s to say; a cookie names the browser's own subscription, if it has one.
"""

from typing import Any

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reparto.kit.live import publish
from reparto.notifications.drop_browser import drop_browser, drop_former, drop_others
from reparto.people.sign_in import Adapter

from ..read_id import read_id

#: Browsers keep no cookie for longer.
KEPT = 400 * 24 * 3600


class LeavingAdapter(Adapter):
    """The library's way in and out."""

    def login(self, request: HttpRequest, user: Any) -> HttpResponse | None:
        """What the browser told somebody else ends."""
        answer = super().login(request, user)
        drop_former(this_browser(request), person_id=user.pk)
        return answer

    def logout(self, request: HttpRequest) -> None:
        """What the browser told whoever leaves ends."""
        drop_browser(this_browser(request), person_id=request.user.pk or 0)
        super().logout(request)


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]  # the library is not typed
    """The library's list of login sessions."""

    def end_sessions(self, sessions: list[Any]) -> None:
        """Whoever ends the sessions of their other browsers ends what those are told, too."""
        for person in {session.user_id for session in sessions}:
            drop_others(person, but=this_browser(self.request))
        super().end_sessions(sessions)
        # Their streams ask at once who they are (INV-38).
        publish(self.request.user.organization_id, "people", [self.request.user.pk])


def name_browser(response: HttpResponse, subscription_id: int) -> None:
    """Let the browser know its own subscription."""
    response.set_cookie(
        settings.PUSH_COOKIE_NAME,
        str(subscription_id),
        max_age=KEPT,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def this_browser(request: HttpRequest) -> int:
    """Return the subscription of the browser that asks; 0 for none."""
    return read_id(request.COOKIES.get(settings.PUSH_COOKIE_NAME, ""))
