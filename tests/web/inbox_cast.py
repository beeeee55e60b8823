"""Conversations for the tests of the inbox, made by the road that messages take."""

from datetime import datetime

from django.http import HttpResponse
from django.test import Client

from reparto.channels.models import Account
from reparto.conversations.models import Conversation
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from tests import road
from tests.cast import AT, Cast, a_phone
from tests.web.live_browser import sign_in


def a_browser(actor: Actor) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client(headers={"accept-language": "en"})
    client.cookies["reparto"] = sign_in(actor)
    return client


def a_conversation(account: Account, *texts: str, at: datetime = AT, sender: str = "") -> Conversation:
    """Let somebody write and a worker decide; return the conversation."""
    phone = sender or a_phone()
    for text in texts or ("Hola",):
        road.write(account, road.a_text(phone, text, at=at), at=at)
    with in_organization(account.organization_id):
        return Conversation.objects.select_related("contact").order_by("-id").first()  # type: ignore[return-value]


def fragment(client: Client, url: str) -> HttpResponse:
    """Ask for a part of a page as htmx does."""
    return client.get(url, headers={"HX-Request": "true"})


def act(client: Client, url: str, **values: object) -> HttpResponse:
    """Do something as htmx does."""
    return client.post(url, values, headers={"HX-Request": "true"})


def keep(browser: Client, talk: Conversation, body: str) -> int:
    """Keep what somebody has begun to write, as the browser does; return the status of the answer."""
    url = f"/bandeja/{talk.pk}/borrador"
    return browser.put(url, body, content_type="application/x-www-form-urlencoded").status_code


__all__ = ["Cast", "a_browser", "a_conversation", "act", "fragment", "keep"]
