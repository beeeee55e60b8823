"""Where a small act leads back to: the page on which it was done, if that is ours."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def come_back(request: HttpRequest, *, otherwise: str = "") -> str:
    """Return `next` of the form, else the page that sent it, else the start; never another site's."""
    for candidate in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(
            candidate, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return candidate
    return otherwise or reverse("home")
