"""
Give a file to WhatsApp, so that a message can name it. It is seen by nobody before one does.

Source: Cloud API, "Media › Upload media": a multipart form. Uploading twice does no harm.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from reparto.kit.http import Answer, DestinationRefused, NoAnswer, NotSent

from .read_answer import read_answer
from .send_message import WhatsAppError, api_base, authorization, read_setting, refused


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be given."""

    name: str
    mime_type: str
    content: bytes


class Client(Protocol):
    """What is needed of `kit.http.HttpClient`."""

    def post(self, url: str, content: bytes, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Post bytes and give the answer."""


def upload_media(settings: Mapping[str, str], upload: Upload, *, client: Client) -> str:
    """
    Upload a file and return its id at WhatsApp.

    Raises:
        WhatsAppError: `retryable` unless WhatsApp will never take it.

    """
    url = f"{api_base(settings)}/{read_setting(settings, 'phone_number_id')}/media"
    boundary = f"reparto-{secrets.token_hex(16)}"
    headers = authorization(settings) | {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    try:
        answer = client.post(url, _form(upload, boundary), headers=headers)
    except DestinationRefused as error:
        raise refused("destination_refused", str(error)) from error
    except (NotSent, NoAnswer) as error:
        raise _later(str(error), status=None) from error
    media_id = read_answer(answer).get("id")
    if answer.status == 200 and isinstance(media_id, str) and media_id:
        return media_id
    if answer.status in {200, 429} or answer.status >= 500:
        raise _later(f"The answer was {answer.status} without an id.", status=answer.status)
    raise refused("file_refused", f"WhatsApp did not take the file: {answer.status}.")


def _form(upload: Upload, boundary: str) -> bytes:
    fields = {"messaging_product": "whatsapp", "type": upload.mime_type}
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    # The name of the file that the contact reads is in the message; here a plain one cannot end the header.
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n'
    text = "".join(parts) + head + f"Content-Type: {upload.mime_type}\r\n\r\n"
    return text.encode() + upload.content + f"\r\n--{boundary}--\r\n".encode()


def _later(detail: str, *, status: int | None) -> WhatsAppError:
    return WhatsAppError(detail, status=status, code="not_uploaded", retryable=True, unknown_result=False)
