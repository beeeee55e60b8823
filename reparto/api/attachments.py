"""Files of a conversation: one sent as a message, one read."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from ninja import Router

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.conversations.keep_file import MOST_BYTES, OutgoingFile, read_file
from reparto.conversations.queries import assignees_of, find_attachment, find_conversation
from reparto.conversations.relation import relation_to
from reparto.conversations.send_reply import Reply
from reparto.kit.check_version import check_version
from reparto.kit.faults import Fault, Invalid
from reparto.people.permissions import check

from .action import action
from .request import ApiRequest, if_match
from .shapes import PathId
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
    reply = Reply(request.POST.get("text", "").replace("\0", ""), file=_file(request))
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


def _file(request: ApiRequest) -> OutgoingFile:
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid((Fault("file", "missing", gettext("Send a file, as multipart/form-data.")),))
    # No more of it is read than could leave.
    return read_file(sent.name or "", sent.read(MOST_BYTES + 1))
