"""
Fetch a file that somebody sent: Meta says where it is, and gives it to whoever has the account's token.

Source: Cloud API, "Media › Retrieve media URL, Download media". Asking twice does no harm.
"""

import re
from collections.abc import Mapping
from typing import Protocol

from reparto.kit.http import Answer, DestinationRefused, NoAnswer, NotSent

from .read_answer import read_answer
from .send_message import WhatsAppError, api_base, authorization, refused

MEDIA_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}")


class Client(Protocol):
    """What is needed of `kit.http.HttpClient`."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, most_bytes: int = ...) -> Answer:
        """Get no more than so much."""


def fetch_media(settings: Mapping[str, str], media_id: str, *, client: Client, most_bytes: int) -> bytes:
    """
    Return the content of a file.

    Raises:
        WhatsAppError: `retryable` unless it is too large or will never be given.

    """
    if not MEDIA_ID.fullmatch(media_id):
        raise refused("bad_media_id", "The id of the file is malformed.")
    said = read_answer(_get(f"{api_base(settings)}/{media_id}", settings, client=client, most_bytes=64 * 1024))
    size, url = said.get("file_size"), said.get("url")
    if isinstance(size, int | str) and str(size).isdecimal() and int(size) > most_bytes:
        raise refused("too_large", f"The file has {size} bytes.")
    if not isinstance(url, str):
        raise _later("Meta does not say where the file is.", status=200)
    return _get(url, settings, client=client, most_bytes=most_bytes).body


def _get(url: str, settings: Mapping[str, str], *, client: Client, most_bytes: int) -> Answer:
    try:
        answer = client.get(url, headers=authorization(settings), most_bytes=most_bytes)
    except DestinationRefused as error:
        raise refused("destination_refused", str(error)) from error
    except (NotSent, NoAnswer) as error:
        raise _later(str(error), status=None) from error
    if answer.status == 200:
        return answer
    if answer.status >= 500 or answer.status == 429:
        raise _later(f"The answer was {answer.status}.", status=answer.status)
    raise refused("not_given", f"The answer was {answer.status}.")


def _later(detail: str, *, status: int | None) -> WhatsAppError:
    return WhatsAppError(detail, status=status, code="not_fetched", retryable=True, unknown_result=False)
