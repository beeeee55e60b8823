"""
The address that call events knock at: `/hooks/phone/KEY`, Twilio's as a form, a telephone exchange's as JSON.

It reads the request and says a status; it knows no table.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .hooks import Hook
from .receive_delivery import STORED, Request


class PhoneHook(Hook):
    """Call events. What Twilio signs is the address too, as the outside sees it: the configured one, never `Host`."""

    kind = "phone"

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Store an event. Whoever asks what to do next (`<Dial action>`) hears: nothing."""
        response = super().post(request, key)
        if response.status_code == STORED.status and not self._sent(request, b"").is_json:
            return HttpResponse("<Response/>", content_type="text/xml")
        return response

    def _sent(self, request: HttpRequest, body: bytes) -> Request:
        return Request(
            body=body,
            content_type=request.headers.get("Content-Type", ""),
            signature=request.headers.get("X-Twilio-Signature"),
            # The same for each retry of one request.
            idempotency_key=(request.headers.get("I-Twilio-Idempotency-Token") or "")[:200] or None,
            url=settings.BASE_URL + request.get_full_path(),
            authorization=request.headers.get("Authorization"),
        )
