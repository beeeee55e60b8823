"""
One line for each decision about a conversation: «La regla 2 · … asignó a … · ¿Por qué?».

It says what was stored with the decision and derives nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reparto.assignment.describe_decision import flow_name
from reparto.assignment.models import Decision
from reparto.assignment.read_names import NamesOf


def draw_events(decisions: Iterable[Decision], names: NamesOf) -> list[dict[str, Any]]:
    """Return the lines as `components/event_line.html` draws them, in the order given; `names`: those of them."""
    return [
        {
            "shape": "event",
            "id": one.pk,
            "at": one.at,
            "text": say_decision(one, names.as_of(one.at), names.traces.get(one.pk, {})),
            "why_url": reverse("decision", args=[one.pk]),
            "icon": "reparto" if one.actor_id is None else "user-check",
            "kind": "" if one.outcome == "assigned" else "orphan",
        }
        for one in decisions
    ]


def say_decision(decision: Decision, names: NamesOf, trace: Mapping[str, Any]) -> SafeString:
    """Return one decision in a line, names in bold."""
    if decision.outcome == "queued":
        return format_html("{}", gettext("In the queue: nobody can take it now"))
    if decision.outcome == "unmatched":
        return format_html("{}", gettext("No rule spoke for it"))
    if decision.reason == "handed_over":
        return _handed_over(decision, names)
    who = _bold([names.person(decision.actor_id)]) if decision.actor_id else ""
    if decision.outcome == "unassigned":
        return format_html(gettext("{who} left it with nobody"), who=who)
    flow = flow_name(trace.get("steps", [])) if decision.route == "flow" else ""
    if flow:
        said, who = gettext("{who} assigned it to {names}"), _bold([gettext("Flow «%(name)s»") % {"name": flow}])
        return format_html(said, who=who, names=_bold(_listed(decision, names)))
    return format_html(_sentence(decision), who=who or _rule(decision, trace), names=_bold(_listed(decision, names)))


def _handed_over(decision: Decision, names: NamesOf) -> SafeString:
    if decision.outcome == "unassigned":
        return format_html("{}", gettext("The system took it from somebody who was suspended"))
    return format_html(gettext("The system handed it over to {names}"), names=_bold(_listed(decision, names)))


def _sentence(decision: Decision) -> str:
    if decision.undoes:
        return gettext("{who} put it back: {names}")
    if decision.actor_id is not None:
        return gettext("{who} assigned it to {names}")
    return {
        "rule": gettext("{who} assigned it to {names}"),
        "portfolio": gettext("Direct assignment gave it to {names}"),
        "default_assignees": gettext("As chosen for this contact, it is with {names}"),
        "flow": gettext("A flow assigned it to {names}"),
    }.get(decision.route or "", gettext("Assigned to {names}"))


def _rule(decision: Decision, trace: Mapping[str, Any]) -> SafeString:
    steps = trace.get("steps", [])
    step: Mapping[str, Any] = next((one for one in steps if one["kind"] == "rule" and one["verdict"] == "chosen"), {})
    said = gettext("Rule %(position)s · %(name)s")
    return _bold([said % {"position": decision.rule_position, "name": step.get("description", "")}])


def _listed(decision: Decision, names: NamesOf) -> list[str]:
    people = [names.person(one) for one in decision.person_ids]
    groups = [names.groups[one] for one in decision.group_ids if one in names.groups]
    return people + groups or [gettext("nobody")]


def _bold(names: Sequence[str]) -> SafeString:
    return format_html_join(", ", "<b>{}</b>", ((name,) for name in names))
