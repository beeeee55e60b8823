"""Let this browser hear of what happens, or one of one's own hear no more."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.notifications.sign_push import push_key
from reparto.notifications.subscribe_browser import BrowserDraft, forget_browser, subscribe_browser

from ..page import Page
from ..sign_in.leave_browser import name_browser


class OwnBrowsers(Page):
    """`/perfil/navegadores`: what a browser needs to subscribe by itself; POST what it gave when it subscribed."""

    action: ClassVar[str] = "me.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Tell the service worker, which has no page, the key to subscribe for and the token to answer with."""
        return JsonResponse({"key": push_key(), "token": get_token(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        sent = request.POST
        names = ("endpoint", "p256dh", "auth", "browser", "replaces")
        draft = BrowserDraft(*(sent.get(name, "") for name in names))
        try:
            kept = subscribe_browser(draft, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return HttpResponse(" ".join(fault.message for fault in invalid.faults), status=422)
        answer = HttpResponse(status=204)
        name_browser(answer, kept.pk)
        return answer


class ForgetBrowser(Page):
    """`POST /perfil/navegadores/{id}/quitar`."""

    action: ClassVar[str] = "me.view"

    def post(self, request: HttpRequest, subscription_id: int) -> HttpResponse:
        """Forget it."""
        forget_browser(subscription_id, actor=self.actor)
        return self.done(gettext("That browser hears no more."), to=reverse("notice_choices"))
