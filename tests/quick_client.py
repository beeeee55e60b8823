"""Browsers and programs for tests that share one loaded product, which looks through all static files when it loads."""

from typing import Any

from django.test import Client
from django.test.client import ClientHandler

HANDLER = ClientHandler(enforce_csrf_checks=False)
# Here, before there are threads that would both load it.
HANDLER.load_middleware()


def quick_client(**told: Any) -> Client:
    """Return a client with cookies of its own; for middleware that a test sets otherwise, make a `Client`."""
    client = Client(**told)
    client.handler = HANDLER
    return client
