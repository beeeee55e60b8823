"""
From what went wrong to an answer: the one place that knows status codes (RFC 9457, `application/problem+json`).

What does not exist, is of another company or may not be seen gives the same 404, byte for byte.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from reparto.assignment.answer_halt import UnknownHalt
from reparto.assignment.assign_by_hand import AlreadyOwned
from reparto.assignment.assign_conversation import AlreadyTaken
from reparto.assignment.merge_contacts import AlreadyMerged
from reparto.assignment.queries import UnknownDecision
from reparto.assignment.undo_decision import CannotUndo
from reparto.channels.queries import UnknownAccount
from reparto.channels.queries import UnknownTemplate as UnknownMessageTemplate
from reparto.contacts.cancel_sale import UnknownSale
from reparto.contacts.edit_custom_field import UnknownField
from reparto.contacts.find_bulk_job import UnknownBulkJob
from reparto.contacts.find_merge import UnknownMerge
from reparto.contacts.queries import UnknownContact
from reparto.conversations.check_seen import AnsweredMeanwhile
from reparto.conversations.queries import UnknownAttachment, UnknownConversation, UnknownQuickReply
from reparto.conversations.reopen_conversation import AnotherIsOpen
from reparto.conversations.send_reply import CannotSend
from reparto.conversations.snooze_conversation import NotOpen
from reparto.flows.queries import UnknownFlow
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Fault, Invalid
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownCampaign, UnknownGroup, UnknownPerson
from reparto.people.schedule_of import UnknownAbsence
from reparto.portfolio.queries import UnknownDirectAssignment
from reparto.reports.publish_shadow import ChangedSince
from reparto.reports.queries import UnknownShadow, UnknownSimulation
from reparto.rules.check_in_force import StaleRules
from reparto.rules.find_template import UnknownTemplate
from reparto.rules.queries import UnknownDraft, UnknownRule, UnknownVersion

from .read_shape_faults import read_shape_faults
from .show_changes import show_changes

log = logging.getLogger(__name__)

#: Code → what the problem is called and what to do about it.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "unauthenticated": (_("Not signed in"), _("Send a valid token: Authorization: Bearer rep_pat_…")),
    "not_allowed": (_("Not allowed"), _("You may see this, but not do this to it.")),
    "not_found": (_("Not found"), _("There is no such thing, or it is not yours to see.")),
    "method_not_allowed": (_("Method not allowed"), _("This address does not answer this method.")),
    "already_owned": (_("Already taken"), _("The contact has a responsible person by now.")),
    "already_taken": (_("Already taken"), _("Somebody works the conversation by now.")),
    "already_merged": (_("Already merged"), _("One of the two became another contact by now.")),
    "answered_meanwhile": (
        _("Answered meanwhile"),
        _("A colleague has answered since; send again if yours still holds."),
    ),
    "cannot_undo": (_("Cannot be undone"), _("It is too late, or somebody changed it since.")),
    "in_flight": (_("Still in flight"), _("The first request with this Idempotency-Key is still being worked on.")),
    "another_is_open": (_("Another one is open"), _("The contact goes on in another conversation of this account.")),
    "not_open": (_("Not open"), _("Only an open conversation can be put off, and only to a later instant.")),
    "stale_version": (_("Changed meanwhile"), _("Somebody changed this since you read it; read it again.")),
    "changed_since": (_("Changed meanwhile"), _("The draft is not what decided in the shadow; let it decide again.")),
    "not_readable": (_("Not readable"), _("The body is not what its content type says.")),
    "too_large": (_("Too large"), _("The body is larger than is taken here.")),
    "not_json": (_("Not readable"), _("The body is not JSON, or a name stands in it twice.")),
    "invalid": (_("Not accepted"), _("Nothing was changed; every fault is listed in errors.")),
    "busy": (_("Busy"), _("The database could not answer in time; try again.")),
    "failed": (_("Failed"), _("Something went wrong here; nothing was changed.")),
}
#: Which part of a message its fault stands at.
FAULTY_PART: Mapping[str, str] = {
    "empty": "text",
    "too_long": "text",
    "unfilled": "text",
    "unknown_template": "template_id",
    "missing_value": "values",
}
#: Why a reply cannot leave.
CANNOT_SEND: Mapping[str, str] = {
    "empty": _("Write something here."),
    "too_long": _("The text is too long to send."),
    "window_closed": _("WhatsApp takes free text for 24 hours after the contact's last message only."),
    "no_way_out": _("A reply cannot leave on this account."),
    "closed": _("The conversation is closed; reopen it first."),
    "unfilled": _("A {{variable}} of the text has no value here. Write it by hand before sending."),
    "unknown_template": _("This account has no such template (any more)."),
    "missing_value": _("Every variable of the template needs a value."),
    "note_with_file": _("A private note carries no file. Write where it is instead."),
    "not_failed": _("This message is on its way, or may have arrived: it is not sent again."),
}


def problem(status: int, code: str, *, faults: Sequence[Fault] = (), **more: Any) -> HttpResponse:
    """Return a problem as the contract describes it."""
    title, detail = SENTENCES[code]
    body = {
        "type": f"urn:reparto:problem:{code}",
        "title": gettext(title),
        "status": status,
        "detail": gettext(detail),
        "code": code,
        **more,
    }
    if faults:
        body["errors"] = [{"path": fault.path, "code": fault.code, "message": fault.message} for fault in faults]
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json")


def not_found() -> HttpResponse:
    """Return the one 404."""
    return problem(HTTPStatus.NOT_FOUND, "not_found")


def invalid(*faults: Fault) -> HttpResponse:
    """Return a 422 with all its faults."""
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", faults=faults)


def _unauthenticated() -> HttpResponse:
    answer = problem(HTTPStatus.UNAUTHORIZED, "unauthenticated")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _http_error(error: HttpError) -> HttpResponse:
    # The library reads the body and wraps whatever our reader raised.
    if isinstance(error.__cause__, Invalid):
        return invalid(*error.__cause__.faults)
    return problem(HTTPStatus.BAD_REQUEST, "not_json")


def _cannot_send(error: CannotSend) -> HttpResponse:
    path = FAULTY_PART.get(error.code, "")
    return invalid(Fault(path, error.code, gettext(CANNOT_SEND[error.code])))


def _already_taken(error: AlreadyTaken) -> HttpResponse:
    there = {"person_ids": error.assigned.person_ids, "group_ids": error.assigned.group_ids}
    return problem(HTTPStatus.CONFLICT, "already_taken", assignees=there)


def _answered(error: AnsweredMeanwhile) -> HttpResponse:
    newer = error.message
    return problem(HTTPStatus.CONFLICT, "answered_meanwhile", message_id=newer.pk, author_id=newer.author_id)


def _stale(version: int) -> HttpResponse:
    return problem(HTTPStatus.PRECONDITION_FAILED, "stale_version", version=version)


def _stale_rules(error: StaleRules) -> HttpResponse:
    changes = show_changes(error.changes)
    return problem(HTTPStatus.PRECONDITION_FAILED, "stale_version", version=error.version, changes=changes)


#: What was not found, by whichever feature.
UNKNOWN: Sequence[type[Exception]] = (
    UnknownAbsence,
    UnknownAccount,
    UnknownAttachment,
    UnknownBulkJob,
    UnknownCampaign,
    UnknownContact,
    UnknownConversation,
    UnknownDecision,
    UnknownDirectAssignment,
    UnknownDraft,
    UnknownField,
    UnknownFlow,
    UnknownGroup,
    UnknownMerge,
    UnknownMessageTemplate,
    UnknownPerson,
    UnknownQuickReply,
    UnknownSale,
    UnknownHalt,
    UnknownRule,
    UnknownShadow,
    UnknownSimulation,
    UnknownTemplate,
    UnknownVersion,
)
#: Each expected exception → its answer.
ANSWERS: Mapping[type[Exception], Callable[[Any], HttpResponse]] = {
    AuthenticationError: lambda _error: _unauthenticated(),
    NotAllowed: lambda _error: problem(HTTPStatus.FORBIDDEN, "not_allowed"),
    AlreadyOwned: lambda error: problem(HTTPStatus.CONFLICT, "already_owned", owner_id=error.owner.pk),
    AlreadyTaken: _already_taken,
    AnsweredMeanwhile: _answered,
    AlreadyMerged: lambda _error: problem(HTTPStatus.CONFLICT, "already_merged"),
    CannotUndo: lambda error: problem(HTTPStatus.CONFLICT, "cannot_undo", reason=error.code),
    AnotherIsOpen: lambda _error: problem(HTTPStatus.CONFLICT, "another_is_open"),
    NotOpen: lambda _error: problem(HTTPStatus.CONFLICT, "not_open"),
    StaleVersion: lambda error: _stale(error.version),
    StaleRules: _stale_rules,
    ChangedSince: lambda _error: problem(HTTPStatus.CONFLICT, "changed_since"),
    RequestDataTooBig: lambda _error: problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large"),
    CannotSend: _cannot_send,
    MultiPartParserError: lambda _error: problem(HTTPStatus.BAD_REQUEST, "not_readable"),
    SuspiciousOperation: lambda _error: problem(HTTPStatus.BAD_REQUEST, "not_readable"),
    HttpError: _http_error,
    ValidationError: lambda error: invalid(*read_shape_faults(error.errors)),
    Invalid: lambda error: invalid(*error.faults),
    OperationalError: lambda _error: problem(HTTPStatus.SERVICE_UNAVAILABLE, "busy"),
}


def answer_errors(api: NinjaAPI) -> None:
    """Let an API answer every exception with a problem."""
    for unknown in UNKNOWN:
        api.add_exception_handler(unknown, lambda _request, _error: not_found())
    for kind, answer in ANSWERS.items():
        api.add_exception_handler(kind, partial(_by, answer))
    api.add_exception_handler(Exception, _unexpected)


def _by(answer: Callable[[Any], HttpResponse], _request: HttpRequest, error: Any) -> HttpResponse:
    return answer(error)


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    got_request_exception.send(sender=None, request=request)
    log.error("%s failed", request.path, exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "failed")
