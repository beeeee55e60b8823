"""
The way out to WhatsApp of this process: one client for all that is sent and fetched.

It knows no account; each request brings its own.
"""

from functools import cache

from django.conf import settings

from reparto.kit.http import HttpClient


@cache
def whatsapp_client() -> HttpClient:
    """Return the client, made when it is first used."""
    return HttpClient(allowed_hosts=frozenset(settings.ALLOW_PRIVATE_HOSTS))
