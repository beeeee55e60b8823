"""
Give a repeated POST its first answer again (INV-49): a key belongs to organization, token and route.

The answer is stored in the transaction of its effect, so a crash leaves both or neither. A refusal has no effect to
stand with: it is undone to a savepoint first, and then stored. What failed by our own fault is not stored.

An answer may carry what is kept nowhere else, such as the link of an invitation: it is stored encrypted (INV-37).
"""

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from reparto.kit.door import open_door
from reparto.kit.faults import Fault
from reparto.kit.idempotency import Asked, first_answer, hold_key, store_answer
from reparto.kit.secrets import decrypt_secrets, encrypt_secrets
from reparto.people.mail_invitation import sealing_keys

from .errors import invalid, problem
from .request import ApiRequest

MAX_KEY = 200


def answer_once(
    request: ApiRequest, key: str, *, route: str, proceed: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer a POST, or give its first answer again."""
    if len(key) > MAX_KEY or not key.isprintable():
        return _refuse("bad_idempotency_key", gettext("Write at most %(limit)d characters.") % {"limit": MAX_KEY})
    asked = Asked(request.actor.organization_id, _token_id(request), route, key, _hash(request))
    if not hold_key(asked):
        return problem(HTTPStatus.CONFLICT, "in_flight")
    first = first_answer(asked)
    if first is None:
        return _answer_first(asked, proceed, request)
    if bytes(first.body_hash) != asked.body_hash:
        return _refuse("idempotency_key_reused", gettext("This Idempotency-Key was used with another body."))
    return _again(first.status or HTTPStatus.OK, first.answer)


def _answer_first(asked: Asked, proceed: Callable[[], HttpResponseBase], request: ApiRequest) -> HttpResponseBase:
    with transaction.atomic():
        answer = proceed()
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            transaction.set_rollback(True)
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or not isinstance(answer, HttpResponse):
        return answer
    sealed = encrypt_secrets({"body": answer.content.decode()}, keys=sealing_keys()).decode()
    kept = {"type": answer["Content-Type"], "sealed": sealed}
    store_answer(asked, status=answer.status_code, answer=kept, at=request.at)
    return _settle(answer)


def _again(status: int, kept: Any) -> HttpResponse:
    # Answers of the days before they were encrypted lie as they were.
    body = decrypt_secrets(kept["sealed"].encode(), keys=sealing_keys())["body"] if "sealed" in kept else kept["body"]
    answer = HttpResponse(body, status=status, content_type=kept["type"])
    answer["Idempotency-Replayed"] = "true"
    return _settle(answer)


def _settle(answer: HttpResponse) -> HttpResponse:
    # Its effects are undone already; only the stored answer is left to commit.
    answer.refusal_is_settled = True  # type: ignore[attr-defined]
    return answer


def _token_id(request: ApiRequest) -> int:
    behind = open_door("token", request.token, at=request.at)
    return behind.target_id if behind else 0


def _hash(request: ApiRequest) -> bytes:
    asked = json.dumps([request.get_full_path(), request.headers.get("If-Match")]).encode()
    return hashlib.sha256(asked + b"\0" + _body(request)).digest()


def _body(request: ApiRequest) -> bytes:
    """Return the body; of one with files, which may be too large for the memory, what tells it from others."""
    if request.content_type != "multipart/form-data":
        return request.body
    files = {name: _digest(file) for name, file in request.FILES.items() if isinstance(file, UploadedFile)}
    return json.dumps([sorted(request.POST.items()), sorted(files.items())]).encode()


def _digest(file: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _refuse(code: str, message: str) -> HttpResponse:
    return invalid(Fault("Idempotency-Key", code, message))
