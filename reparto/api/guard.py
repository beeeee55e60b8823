"""
What every endpoint has around it: who is it, may they, is the question well put, was it asked before.

It runs before any body is read, so that whoever may not come in learns nothing from what they send.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from ninja.operation import Operation

from reparto.kit.faults import Fault, Invalid

from .action import actions_of, check_any
from .answer_once import answer_once
from .authenticate import authenticate
from .request import ApiRequest

type Run = Callable[..., HttpResponseBase]


def guard(run: Run) -> Run:
    """Put what every endpoint has in common around one."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]

    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        answer = _answer(operation, run, request, parts)
        answer["Cache-Control"] = "no-store"
        patch_vary_headers(answer, ["Accept-Language", "Authorization"])
        return answer

    return guarded


def _answer(operation: Operation, run: Run, request: HttpRequest, parts: dict[str, Any]) -> HttpResponseBase:
    try:
        known = _let_in(operation, request)
        proceed = partial(run, request, **parts)
        key = request.headers.get("Idempotency-Key", "")
        if request.method != "POST" or not key:
            return proceed()
        return answer_once(known, key, route=f"POST {operation.path}", proceed=proceed)
    except Exception as error:  # the outermost line: `errors` knows an answer to each kind
        return operation.api.on_exception(request, error)


def _let_in(operation: Operation, request: HttpRequest) -> ApiRequest:
    known: ApiRequest = request  # type: ignore[assignment]
    authenticate(known)
    check_any(known.actor, actions_of(operation.view_func))
    _check_parameters(operation, request)
    return known


def _check_parameters(operation: Operation, request: HttpRequest) -> None:
    """A mistyped filter would otherwise silently show everything."""
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    unknown = [name for name in request.GET if name not in known]
    if unknown:
        sentence = gettext("There is no such parameter.")
        raise Invalid(tuple(Fault(name[:100], "unknown_parameter", sentence) for name in unknown))
