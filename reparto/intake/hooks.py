"""
The addresses that the world knocks at: `/hooks/KIND/KEY`.

A view reads the request and says a status; it knows no table.
"""

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from reparto.channels.recall_account import recall_account
from reparto.channels.whatsapp.handshake import handshake
from reparto.kit.clock import now

from .receive_delivery import Receipt, Request, receive_delivery

log = structlog.get_logger()
TOO_LARGE = Receipt(413)
#: A refused delivery leaves nothing behind.
REFUSED = 400


@method_decorator(csrf_exempt, name="dispatch")
class Hook(View):
    """What every hook does; the sender proves itself by key and signature, not by a cookie."""

    kind = ""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Store a delivery."""
        receipt = self._receive(request, key)
        if receipt.status != 200:
            # Without content: who was refused, and why, and nothing of what they sent.
            log.warning("delivery_refused", kind=self.kind, key=key[:6], status=receipt.status)
        return _answer(receipt)

    def _receive(self, request: HttpRequest, key: str) -> Receipt:
        try:
            body = request.body
        except RequestDataTooBig:
            return TOO_LARGE
        return receive_delivery(self.kind, key, self._sent(request, body), at=now())

    def _sent(self, request: HttpRequest, body: bytes) -> Request:
        return Request(
            body=body,
            content_type=request.headers.get("Content-Type", ""),
            signature=request.headers.get("X-Hub-Signature-256"),
            idempotency_key=(request.headers.get("Idempotency-Key") or "")[:200] or None,
        )


class WhatsAppHook(Hook):
    """The Cloud API."""

    kind = "whatsapp"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Answer the handshake with the challenge, as plain text."""
        recalled = recall_account("whatsapp", key, at=now())
        challenge = recalled and handshake(
            request.GET.get("hub.mode", ""),
            request.GET.get("hub.verify_token", ""),
            request.GET.get("hub.challenge", ""),
            recalled.settings.get("verify_token", ""),
        )
        return HttpResponse(challenge or "", content_type="text/plain", status=200 if challenge else 403)


class WebFormHook(Hook):
    """A form of the company's web site."""

    kind = "webform"


def _answer(receipt: Receipt) -> HttpResponse:
    if not receipt.faults:
        return HttpResponse(status=receipt.status)
    faults = [{"path": fault.path, "code": fault.code, "message": gettext(fault.code)} for fault in receipt.faults]
    return JsonResponse({"status": receipt.status, "errors": faults}, status=receipt.status)
