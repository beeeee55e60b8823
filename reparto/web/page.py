"""
What every page is: signed in, with an action, inside the shell, and never kept by a cache.

It holds no rule: `people.permissions` says who may, a verb does the thing, a template shows it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.generic import View

from reparto.assignment.welcome_back import welcome_back
from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.people.actor import Actor
from reparto.people.lacks_second_step import lacks_second_step
from reparto.people.models import Person
from reparto.people.permissions import ON_ORGANIZATION, NotAllowed, check
from reparto.people.queries import load_actor
from reparto.people.show_sign_of_life import show_sign_of_life

from .ask_to_sign_in import ask_for_second_step, ask_to_sign_in
from .frame import Frame, ask_frame
from .refuse import refuse, refuse_invalid, refuse_unknown
from .say_toast import say_toast
from .shell import shell_of

#: The action of the few pages that are for people who are not signed in.
OPEN = "open"


class OpenPage(View):
    """A page for anybody: signing in, accepting an invitation."""

    action: ClassVar[str] = OPEN


class Page(View):
    """
    A page, a fragment or an act of somebody who is signed in.

    `action` is asked before anything else when it concerns the organization; one on a contact or a
    conversation is asked by the view, which alone knows the relation (`check(self.actor, self.action, relation)`).
    """

    action: ClassVar[str]
    #: What POST needs; preset: the same.
    post_action: ClassVar[str] = ""
    #: The key of the entry of the sidebar that is shown as the present one.
    section: ClassVar[str] = ""

    actor: Actor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask who it is and whether they may, then answer; what they may not see does not exist for them."""
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        self.actor = load_actor(request.user)
        if lacks_second_step(self.actor):
            return ask_for_second_step(request)
        self._show_life()
        try:
            self._check_organization()
            response = super().dispatch(request, *args, **kwargs)
        except NotAllowed as not_allowed:
            response = refuse(self, not_allowed)
        except Invalid as invalid:
            # A form that keeps what was typed catches it itself; this is for the small acts.
            response = refuse_invalid(self, invalid)
        except LookupError as unknown:
            # UnknownContact and its like; a key that is missing in a dict is a fault of ours.
            if isinstance(unknown, (KeyError, IndexError)):
                raise
            response = refuse_unknown(self)
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _show_life(self) -> None:
        """Any signed-in request is a sign of life; whoever was away may be given what waits."""
        seen_at = getattr(self.request.user, "seen_at", None)
        if show_sign_of_life(self.actor.person_id, at=self.at, seen_at=seen_at):
            welcome_back(self.actor.organization_id, at=self.at)

    def _check_organization(self) -> None:
        action = self.post_action if self.post_action and self.request.method == "POST" else self.action
        if action in ON_ORGANIZATION:
            check(self.actor, action)

    @cached_property
    def at(self) -> datetime:
        """The instant of this request, read once."""
        return now()

    @property
    def person(self) -> Person:
        """Whoever is signed in, with their own settings."""
        return cast(Person, self.request.user)

    @cached_property
    def frame(self) -> Frame:
        """What stands around the page, asked once and only if it is shown."""
        return ask_frame(self.actor, at=self.at)

    @property
    def by_htmx(self) -> bool:
        """Say whether htmx asks for a fragment (going back in the history wants the whole page)."""
        headers = self.request.headers
        return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"

    def show(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Answer a whole page, with the shell around it."""
        shell = shell_of(self.person, self.actor, self.frame, active=self.section)
        return self._render(template, {**context, "shell": shell}, status=status)

    def show_part(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Answer a fragment: a component, or a partial of a page (`contacts/list.html#rows`)."""
        return self._render(template, context, status=status)

    def _render(self, template: str, context: Mapping[str, Any], *, status: int) -> HttpResponse:
        whole = {**context, "actor": self.actor, "by_htmx": self.by_htmx}
        return HttpResponse(render_to_string(template, whole, request=self.request), status=status)

    def done(self, text: str, *, to: str, undo: str = "", part: HttpResponse | None = None) -> HttpResponse:
        """Say what was done, with its undo: beside the fragment that changed, or on the page to which it leads."""
        if self.by_htmx:
            response = HttpResponse(headers={"HX-Redirect": to}) if part is None else part
            if part is not None:
                return say_toast(response, text, undo=undo)
            messages.success(self.request, text, extra_tags=undo)
            return response
        messages.success(self.request, text, extra_tags=undo)
        return HttpResponseRedirect(to)

    def refused(self, text: str, *, to: str, status: int = 409) -> HttpResponse:
        """Say why nothing was done: above what stays as it is, or on the page to which it leads. Never as a success."""
        transaction.set_rollback(True)
        if self.by_htmx:
            return say_toast(HttpResponse(status=status, headers={"HX-Reswap": "none"}), text, kind="error")
        messages.error(self.request, text)
        return HttpResponseRedirect(to)
