"""Files of a conversation: one sent as a message, one read."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from ninja import Router

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.conversations.check_seen import check_seen
from reparto.conversations.keep_file import MOST_BYTES, OutgoingFile, read_file
from reparto.conversations.queries import assignees_of, find_attachment, find_conversation
from reparto.conversations.relation import relation_to
from reparto.conversations.send_reply import Reply
from reparto.kit.check_version import check_version
from reparto.kit.faults import Fault, Faults, Invalid
from reparto.people.permissions import check

from .action import action
from .request import ApiRequest, if_match
from .shapes import MAX_ID, PathId
from .show_messages import MessageAnswer, show_messages

router = Router(tags=["conversations"])
UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "text": {"type": "string", "description": "Its caption."},
                        "seen": {
                            "type": "integer",
                            "minimum": 1,
                            "maximum": MAX_ID,
                            "description": "The newest message that one has read: 409 if a colleague answered since.",
                        },
                    },
                }
            }
        },
    }
}
DOWNLOAD = {"responses": {200: {"description": "The file.", "content": {"application/octet-stream": {}}}}}


@router.post("/conversations/{conversation_id}/attachments", response={201: MessageAnswer}, openapi_extra=UPLOAD)
@action("conversation.reply")
def send_file(request: ApiRequest, conversation_id: PathId) -> dict[str, Any]:
    """Reply with a file: JPEG, PNG, PDF or Office, at most 16 MB (pictures 5 MB)."""
    lock_desk(request.actor.organization_id)
    talk = find_conversation(conversation_id, actor=request.actor)
    check(request.actor, "conversation.reply", relation_to(talk, assignees_of([talk.pk])[talk.pk], request.actor))
    check_version(talk.version, if_match(request))
    file, seen = _read_form(request)
    if seen is not None:
        check_seen(talk.pk, seen, actor=request.actor)
    reply = Reply(request.POST.get("text", "").replace("\0", ""), file=file)
    (said,) = show_messages([answer_conversation(talk.pk, reply, actor=request.actor, at=request.at)])
    return said


@router.get("/conversations/{conversation_id}/attachments/{attachment_id}/file", openapi_extra=DOWNLOAD)
@action("conversation.view")
def read_attachment(request: ApiRequest, conversation_id: PathId, attachment_id: PathId) -> HttpResponse:
    """Return a stored file as it came."""
    talk = find_conversation(conversation_id, actor=request.actor)
    file = find_attachment(attachment_id, conversation_id=talk.pk)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
    return HttpResponse(bytes(file.content or b""), content_type=file.mime_type, headers=headers)


def _read_form(request: ApiRequest) -> tuple[OutgoingFile, int | None]:
    """Return the file, and the message that its sender saw last. Raises Invalid, with all that is wrong."""
    faults = Faults()
    seen = _seen(request, faults)
    try:
        file = _file(request)
    except Invalid as invalid:
        raise Invalid((*invalid.faults, *faults.found)) from None
    faults.check()
    return file, seen


def _seen(request: ApiRequest, faults: Faults) -> int | None:
    written = request.POST.get("seen")
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and 1 <= int(written[:20]) <= MAX_ID):
        faults.add("seen", "not_an_integer", gettext("Write a whole number."))
        return None
    return int(written)


def _file(request: ApiRequest) -> OutgoingFile:
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid((Fault("file", "missing", gettext("Send a file, as multipart/form-data.")),))
    # No more of it is read than could leave.
    return read_file(sent.name or "", sent.read(MOST_BYTES + 1))
