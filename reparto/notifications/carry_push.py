"""
Carry a notification to one browser by its push service, encrypted, and forget browsers that are gone.

Sent twice it stands there once (the same tag), so an unknown result is tried again.
"""

import json
from http import HTTPStatus

from django.utils import translation

from reparto.kit.clock import now
from reparto.kit.http import DestinationRefused, NoAnswer, NotSent
from reparto.kit.models import Outbox
from reparto.kit.outbox import Refused, TryLater
from reparto.kit.tenancy import in_organization

from .check_wanted import Wanted, check_wanted
from .encrypt_push import BadKeys, BrowserKeys, encrypt_push
from .models import PushSubscription
from .push_client import push_client
from .sign_push import UnknownKey, sign_push

#: How long a push service keeps it for a browser that is off.
SECONDS_KEPT = 4 * 3600
GONE = "The browser is gone: "
TEXT_LIMIT = 200


class PushCarrier:
    """Sends rows of kind `push.notice`."""

    def send(self, row: Outbox) -> str:
        """Send to one browser. Raises TryLater or Refused."""
        with in_organization(row.organization_id):
            wanted = check_wanted(row.body["notification_id"], at=now())
            browser = PushSubscription.objects.filter(pk=row.body["subscription_id"], person=wanted.person).first()
            if browser is None:
                raise Refused("The browser does not want it any more.")
            with translation.override(wanted.person.language):
                said = _write(wanted)
        _post(browser, said)
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Forget a browser that is gone."""
        if row.state == "failed" and row.error.startswith(GONE):
            PushSubscription.objects.filter(pk=row.body["subscription_id"]).delete()


def _write(wanted: Wanted) -> bytes:
    words = wanted.words()
    said = {"title": words.title, "text": words.text[:TEXT_LIMIT], "url": words.path, "tag": f"n{wanted.notice.pk}"}
    return json.dumps(said, ensure_ascii=False).encode()


def _post(browser: PushSubscription, said: bytes) -> None:
    try:
        body = encrypt_push(said, BrowserKeys(browser.p256dh, browser.auth))
        headers = {
            "Authorization": sign_push(browser.endpoint, key=browser.key, at=now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(SECONDS_KEPT),
            "Urgency": "high",
        }
        answer = push_client().post(browser.endpoint, body, headers=headers)
    except UnknownKey as error:
        raise TryLater("The key that this browser knows is not known here.") from error
    except (BadKeys, DestinationRefused) as error:
        if isinstance(error, DestinationRefused) and error.code == "unresolved":
            raise TryLater("The name of the push service could not be looked up.") from error
        raise Refused(f"{GONE}{type(error).__name__}.") from error
    except (NotSent, NoAnswer) as error:
        raise TryLater(f"The push service gave no answer: {type(error).__name__}.") from error
    _judge(answer.status)


def _judge(status: int) -> None:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        raise Refused(f"{GONE}the push service answered {status}.")
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TryLater(f"The push service answered {status}.")
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise Refused(f"The push service answered {status}.")
