"""One set of rules in the shadow: where it differs, by person and by contact; to be stopped, or put in force."""

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.assignment.read_limits import time_rules
from reparto.engine import thaw_rule_set
from reparto.kit.faults import Invalid
from reparto.reports.models import Shadow
from reparto.reports.publish_shadow import ChangedSince, publish_shadow
from reparto.reports.queries import differences_of, find_shadow, next_look, result_of
from reparto.reports.stop_shadow import stop_shadow
from reparto.rules.check_in_force import StaleRules
from reparto.rules.queries import UnknownDraft

from ..page import Page
from ..read_id import read_id
from ..rules.ask_moves import WouldMove, ask_moves
from ..rules.undo_of_version import undo_of_version
from .show_result import show_differences, show_result

SHOWN = 100


class ShadowPage(Page):
    """`/reglas/sombra/<id>`, `?persona=` for one person; for htmx what changes; POST `act`: stop or publish."""

    action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest, shadow_id: int) -> HttpResponse:
        """Show it."""
        return self._draw(find_shadow(shadow_id))

    def post(self, request: HttpRequest, shadow_id: int) -> HttpResponse:
        """Stop it, or put its rules in force."""
        if request.POST.get("act") != "publish":
            shadow = stop_shadow(shadow_id, actor=self.actor, at=self.at)
            return self.done(gettext("«%(name)s» decides no longer.") % {"name": shadow.name}, to=request.path)
        try:
            ask_moves(thaw_rule_set(find_shadow(shadow_id).rules), request, at=self.at)
            version = change_rules(
                lambda: publish_shadow(shadow_id, actor=self.actor, at=self.at), actor=self.actor, at=self.at
            )
        except (ChangedSince, StaleRules, UnknownDraft):
            said = gettext("Not published: the draft or what is in force was changed since this began.")
            return self._draw(find_shadow(shadow_id), refused=said, status=409)
        except WouldMove as asked:
            said = f"{asked.sentence()} {gettext('Publish it on the page of the draft: it asks first.')}"
            return self._draw(find_shadow(shadow_id), refused=said, status=409)
        except Invalid:
            return self._draw(find_shadow(shadow_id), refused=gettext("Not published: see the draft."), status=422)
        said = gettext("Version %(number)d is in force.") % {"number": version.number}
        return self.done(said, to=reverse("rules"), undo=undo_of_version(version))

    def _draw(self, shadow: Shadow, *, refused: str = "", status: int = 200) -> HttpResponse:
        wanted = read_id(self.request.GET.get("persona", "")) or None
        found = differences_of(shadow.pk, person_id=wanted)
        rows = [
            {"contact_id": one.contact_id, "at": one.at, "happened": one.happened, "would": one.would}
            for one in found[:SHOWN]
        ]
        context: dict[str, Any] = {"shadow": shadow, "refused": refused, "tab": "shadows", "may_edit": True}
        context |= _lived(shadow, at=self.at)
        if (whole := result_of(shadow)) is not None:
            context |= show_result(whole, actor=self.actor)
        context |= {"differences": show_differences(rows, actor=self.actor), "differing": found.count(), "shown": SHOWN}
        context["only"] = next((one for one in context.get("people", ()) if one["person_id"] == wanted), None)
        if self.by_htmx and not refused:
            return self.show_part("simulations/shadow.html#work", context)
        return self.show("simulations/shadow.html", context, status=status)


def _lived(shadow: Shadow, *, at: datetime) -> dict[str, Any]:
    """Whether its rules wait for a time; until when it has decided, whether it does now, and when it does next."""
    result, due = shadow.result or {}, next_look(shadow)
    return {
        "waits": bool(time_rules(thaw_rule_set(shadow.rules))),
        "lived_until": datetime.fromisoformat(result["until"]) if result else None,
        "looking": shadow.state == "running" and due is None,
        # What is due is next for a worker, at no instant that is known.
        "next_look": due if due is not None and due > at else None,
    }
