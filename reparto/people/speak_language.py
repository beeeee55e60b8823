"""
Speak the language and the time zone of whoever is signed in; of the browser otherwise.

It translates nothing itself.
"""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation


class SpeakLanguage:
    """Middleware: activate language and zone for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the person's language; the API goes by `Accept-Language` alone."""
        person = None if request.path.startswith(("/api/", "/hooks/")) else request.user
        if person is not None and person.is_authenticated:
            translation.activate(person.language)
            timezone.activate(zoneinfo.ZoneInfo(person.time_zone))
        else:
            translation.activate(translation.get_language_from_request(request))
        try:
            return self.get_response(request)
        finally:
            translation.deactivate()
            timezone.deactivate()
