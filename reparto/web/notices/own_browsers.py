"""Let this browser hear of what happens, or one of one's own hear no more."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.notifications.subscribe_browser import BrowserDraft, forget_browser, subscribe_browser

from ..page import Page


class OwnBrowsers(Page):
    """`POST /perfil/navegadores`: what the browser gave when it subscribed."""

    action: ClassVar[str] = "me.view"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        sent = request.POST
        draft = BrowserDraft(*(sent.get(name, "") for name in ("endpoint", "p256dh", "auth", "browser")))
        try:
            subscribe_browser(draft, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return HttpResponse(" ".join(fault.message for fault in invalid.faults), status=422)
        return HttpResponse(status=204)


class ForgetBrowser(Page):
    """`POST /perfil/navegadores/{id}/quitar`."""

    action: ClassVar[str] = "me.view"

    def post(self, request: HttpRequest, subscription_id: int) -> HttpResponse:
        """Forget it."""
        forget_browser(subscription_id, actor=self.actor)
        return self.done(gettext("That browser hears no more."), to=reverse("notice_choices"))
