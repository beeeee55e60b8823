"""
Send somebody who is not signed in to the door, and back afterwards.

It signs nobody in.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page; a fragment makes the whole browser go there."""
    by_htmx = request.headers.get("HX-Request") == "true"
    back = request.headers.get("HX-Current-URL", "/") if by_htmx else request.get_full_path()
    return _lead(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}", by_htmx=by_htmx)


def ask_for_second_step(request: HttpRequest) -> HttpResponse:
    """Lead to where a second step is set up, which this installation asks of whoever is signed in."""
    by_htmx = request.headers.get("HX-Request") == "true"
    return _lead(f"{resolve_url('mfa_index')}?required=1", by_htmx=by_htmx)


def _lead(to: str, *, by_htmx: bool) -> HttpResponse:
    if by_htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
