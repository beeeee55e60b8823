"""
The way out to push services of this process: one client, public addresses only.

A browser names its push service; that it names no address within is checked for each request.
"""

from functools import cache

from django.conf import settings

from reparto.kit.http import HttpClient


@cache
def push_client() -> HttpClient:
    """Return the client, made when it is first used."""
    return HttpClient(allowed_hosts=frozenset(settings.ALLOW_PRIVATE_HOSTS), total_seconds=15.0)
