"""
Let a browser hear of what happens, or let it hear no more: one's own only.

It sends nothing. A browser belongs to whoever used it last.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .encrypt_push import BadKeys, BrowserKeys, read_keys
from .models import PushSubscription
from .sign_push import push_key

MOST_KEPT = 20
ENDPOINT_LIMIT = 1000


class UnknownBrowser(LookupError):
    """No such browser of theirs."""


@dataclass(frozen=True, slots=True)
class BrowserDraft:
    """What a browser gave when it subscribed, and what it is called."""

    endpoint: str
    p256dh: str
    auth: str
    browser: str = ""
    replaces: str = ""  #: the endpoint that it had until its push service gave it another


def subscribe_browser(draft: BrowserDraft, *, actor: Actor, at: datetime) -> PushSubscription:
    """
    Keep a browser.

    Raises:
        Invalid: It names no push service, or its keys are none.

    """
    check(actor, "me.view")
    faults = Faults()
    _check(draft, faults)
    faults.check()
    former = browsers_of(actor.person_id).filter(endpoint=draft.replaces).first() if draft.replaces else None
    if former is not None:
        former.delete()
    others = browsers_of(actor.person_id).exclude(endpoint=draft.endpoint)
    if others.count() >= MOST_KEPT:
        faults.add("endpoint", "too_many", gettext("At most %(limit)d are kept.") % {"limit": MOST_KEPT})
    faults.check()
    kept, _ = PushSubscription.objects.update_or_create(
        organization_id=actor.organization_id,
        endpoint=draft.endpoint,
        defaults={
            "person_id": actor.person_id,
            "p256dh": draft.p256dh,
            "auth": draft.auth,
            "key": push_key(),
            "browser": draft.browser.replace("\0", "")[:60] or (former.browser if former else ""),
            "created_at": at,
        },
    )
    return kept


def browsers_of(person_id: int) -> QuerySet[PushSubscription]:
    """Return the browsers of somebody, the newest first."""
    return PushSubscription.objects.filter(person_id=person_id).order_by("-id")


def forget_browser(subscription_id: int, *, actor: Actor) -> None:
    """Let one of one's own hear no more. Raises UnknownBrowser."""
    check(actor, "me.view")
    (removed, _) = browsers_of(actor.person_id).filter(pk=subscription_id).delete()
    if not removed:
        raise UnknownBrowser(f"Browser {subscription_id} does not exist.")


def _check(draft: BrowserDraft, faults: Faults) -> None:
    try:
        parts = urlsplit(draft.endpoint)
        secure = parts.scheme == "https" or parts.hostname in settings.ALLOW_PRIVATE_HOSTS
    except ValueError:
        secure = False
    if (
        not secure
        or len(draft.endpoint) > ENDPOINT_LIMIT
        or not (draft.endpoint.isascii() and draft.endpoint.isprintable())
    ):
        faults.add("endpoint", "not_a_push_service", gettext("This browser names no push service."))
    try:
        read_keys(BrowserKeys(draft.p256dh, draft.auth))
    except BadKeys:
        faults.add("p256dh", "not_a_key", gettext("The keys of this browser cannot be read."))
