"""The addresses of the API; whatever else is asked below them gets the same 404 as a row that is not there."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from .api import api
from .errors import not_found, problem

type View = Callable[..., HttpResponseBase]


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Answer an address that the API does not have."""
    return not_found()


def _told(view: View) -> View:
    """Let a method that an address does not answer be a problem like any other refusal."""

    @wraps(view)
    def answered(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        answer = view(request, **parts)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        refusal = problem(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed")
        refusal["Allow"] = answer["Allow"]
        return refusal

    return answered


def _patterns() -> list[URLPattern | URLResolver]:
    (patterns, _, _) = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _told(pattern.callback)
    return patterns


urlpatterns = [
    path("api/v1/", nothing_here),
    path("api/v1/", (_patterns(), "ninja", "api")),
    re_path(r"^api(?:/.*)?$", nothing_here),
]
