"""
Send one message through the Cloud API. Says exactly what is known afterwards: sent, not sent, or unknown.

It does not retry, store or decide whether the customer may be written to now; the outbox does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from reparto.channels.shapes import BSUID
from reparto.kit.http import Answer, DestinationRefused, NoAnswer, NotSent

from .read_answer import read_answer

PRESET_API_BASE = "https://graph.facebook.com/v26.0"
MAX_DETAIL = 200
SETTING = re.compile(r"[A-Za-z0-9_.|~+=-]+")

RETRYABLE_CODES = frozenset({1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004, 133016})
"""
Meta's "error codes" that pass by themselves: unknown and service errors, rate limits (application, account,
throughput, spam, pair), maintenance, a server that is not ready.
"""


class Client(Protocol):
    """What is needed of `kit.http.HttpClient`."""

    def post_json(self, url: str, content: Any, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Post JSON and give the answer."""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """Meta took the message. Whether it arrives, its statuses will say."""

    external_id: str


class WhatsAppError(Exception):
    """
    The message was not taken, or nobody knows.

    `retryable` and `unknown_result` are never both true: what may have arrived is shown to a
    person, not repeated blindly. `code` is Meta's, or ours as text (`no_access_token`, `not_sent`, …).
    """

    def __init__(
        self, detail: str, *, status: int | None, code: int | str | None, retryable: bool, unknown_result: bool
    ) -> None:
        super().__init__(detail[:MAX_DETAIL])
        self.status = status
        self.code = code
        self.retryable = retryable
        self.unknown_result = unknown_result


def send_message(settings: Mapping[str, str], *, to: str, content: Mapping[str, Any], client: Client) -> SentMessage:
    """
    Send content (`type` and what it names) to a phone number (in any form with its country code) or a BSUID.

    `settings` are the account's, secrets included: `phone_number_id`, `access_token`, `api_base`.

    Raises:
        WhatsAppError: Says whether it may be tried again, or whether nobody knows.

    """
    url = f"{api_base(settings)}/{read_setting(settings, 'phone_number_id')}/messages"
    whole = {"messaging_product": "whatsapp", "recipient_type": "individual", **_recipient(to), **content}
    try:
        answer = client.post_json(url, whole, headers=authorization(settings))
    except DestinationRefused as error:
        raise refused("destination_refused", str(error)) from error
    except NotSent as error:
        raise WhatsAppError(str(error), status=None, code="not_sent", retryable=True, unknown_result=False) from error
    except NoAnswer as error:
        raise _unknown(str(error), status=None) from error
    return _read(answer)


def api_base(settings: Mapping[str, str]) -> str:
    """Return where the account's Cloud API is."""
    return (settings.get("api_base") or PRESET_API_BASE).rstrip("/")


def authorization(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the header that Meta knows the account by. Raises WhatsAppError without a usable token."""
    return {"Authorization": f"Bearer {read_setting(settings, 'access_token')}"}


def read_setting(settings: Mapping[str, str], name: str) -> str:
    """Return a setting that becomes part of a URL or a header, so it may hold nothing that ends either."""
    value = settings.get(name) or ""
    if not SETTING.fullmatch(value):
        raise refused(f"bad_{name}" if value else f"no_{name}", f"The account's {name} is missing or malformed.")
    return value


def _recipient(to: str) -> dict[str, str]:
    """Meta takes digits in `to`, and a user id in `recipient`."""
    if BSUID.fullmatch(to):
        return {"recipient": to}
    digits = re.sub(r"[^0-9]", "", to)
    if not digits:
        raise refused("bad_recipient", "There is neither a phone number nor a WhatsApp user to write to.")
    return {"to": digits}


def _read(answer: Answer) -> SentMessage:
    body = read_answer(answer)
    if 200 <= answer.status < 300:
        return SentMessage(_message_id(body, answer.status))
    error = body.get("error")
    if isinstance(error, dict):
        code = error.get("code") if isinstance(error.get("code"), int) else None
        retryable = answer.status >= 500 or answer.status == 429 or code in RETRYABLE_CODES
        detail = f"{code}: {error.get('message') or 'no message'}"
        raise WhatsAppError(detail, status=answer.status, code=code, retryable=retryable, unknown_result=False)
    if answer.status >= 500:
        # A gateway spoke, not Meta: behind it the message may have been taken.
        raise _unknown(f"The answer was {answer.status} without Meta's error.", status=answer.status)
    raise WhatsAppError(
        f"The answer was {answer.status} without Meta's error.",
        status=answer.status,
        code=None,
        retryable=answer.status == 429,
        unknown_result=False,
    )


def _message_id(body: Mapping[str, Any], status: int) -> str:
    messages = body.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    external_id = first.get("id") if isinstance(first, dict) else None
    if not isinstance(external_id, str) or not external_id:
        raise _unknown("Meta took the message and gave it no id.", status=status)
    return external_id


def refused(code: str, detail: str) -> WhatsAppError:
    """Return the error of what certainly was not sent and never will be."""
    return WhatsAppError(detail, status=None, code=code, retryable=False, unknown_result=False)


def _unknown(detail: str, *, status: int | None) -> WhatsAppError:
    return WhatsAppError(detail, status=status, code="no_answer", retryable=False, unknown_result=True)
