"""The addresses of the API; whatever else is asked below them gets the same 404 as a row that is not there."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from .api import api
from .errors import not_found


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Answer an address that the API does not have."""
    return not_found()


urlpatterns = [
    path("api/v1/", nothing_here),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nothing_here),
]
