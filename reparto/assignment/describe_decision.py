"""
Say in words why a decision came out as it did, from what was stored with it: nothing is decided again.

So the text stays the same after rules are edited, and people, groups, accounts and fields are renamed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_noop

from reparto.engine import REASON_SENTENCES, Filter, RuleSet
from reparto.rules.queries import frozen_rule_set
from reparto.rules.rule_labels import choice_labels, say_after

from .describe_match import describe_match
from .describe_ranking import describe_ranking
from .describe_turn import describe_turn
from .models import Decision
from .read_names import NamesOf, read_names
from .read_trace import read_trace
from .why_card import WhyCard, WhyRule, WhySkipped, WhyStep

ROUTES = {
    "portfolio": gettext_noop("Direct assignment"),
    "flow": gettext_noop("Flow"),
    "default_assignees": gettext_noop("Default assignees of the contact"),
    "rule": gettext_noop("Rule"),
    "first_responder": gettext_noop("First person who answered"),
    "call": gettext_noop("Answered call"),
    "bulk": gettext_noop("In bulk"),
    "cover": gettext_noop("Cover"),
}
STEPS = ROUTES | {"stay": gettext_noop("Whoever has it"), "queue": gettext_noop("Queue")}


def describe_decision(decision: Decision, *, names: NamesOf | None = None, rule_set: RuleSet | None = None) -> WhyCard:
    """
    Return the four blocks of ¿Por qué?; `names` are handed in where many are described at once.

    `rule_set`: what was asked, of a decision that was only tried; one that was stored names its version.
    """
    named = names or read_names([decision])
    decision = named.tried.get(decision.pk, decision)
    known = named.as_of(decision.tried_at or decision.at)
    trace = known.traces.get(decision.pk) or read_trace(decision)
    steps, candidates = trace.get("steps", []), trace.get("candidates", [])
    filters = {rule.id: rule.filters for rule in (rule_set or _rules_then(decision, steps)).rules}
    before, waiting = [one for one in _before(steps) if one["kind"] != "queue"], _waiting_rule(steps)
    return WhyCard(
        decision_id=decision.pk,
        at=decision.at,
        title=title_of(decision, known),
        person=known.people.get(_face(decision) or 0),
        route_label=_by_flow(decision, steps) or route_of(decision, known),
        rule=_rule(decision, steps, known, filters),
        passed=tuple(_behind(one, waiting) or _passed(one, known, filters) for one in before),
        chosen_because=_because(decision, candidates, known, flow=flow_name(steps)),
        skipped=tuple(_skipped(one, known) for one in candidates if one["verdict"] != "chosen"),
        tried=_tried(decision),
        next_try=_next_try(decision),
        ranking=describe_ranking(decision, steps, known),
        turn=describe_turn(decision, steps, known),
        version=decision.rule_version or 0,
        mails=trace.get("template_id") is not None,
    )


def _rules_then(decision: Decision, steps: Iterable[Mapping[str, Any]]) -> RuleSet:
    """Return the version by which a stored decision was made, if any of its rules asked something of the contact."""
    asked = any(step.get("conditions") for step in steps)
    if not decision.pk or not decision.rule_version or not asked:
        return RuleSet()
    return frozen_rule_set(decision.organization_id, decision.rule_version)


def _before(steps: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Return what was asked and did not decide; whether rules behind the deciding one would fit explains nothing."""
    for step in steps:
        if step["verdict"] != "chosen":
            yield step
        elif step["kind"] == "rule":
            return


def title_of(decision: Decision, names: NamesOf) -> str:
    """Return what was decided, in a line."""
    if decision.outcome == "assigned":
        said = gettext("Put back: %(names)s") if decision.undoes else gettext("Assigned to %(names)s")
        return said % {"names": _listed(decision, names)}
    if decision.reason == "merged" and decision.outcome == "unassigned":
        return gettext("Became one with another contact")
    return {
        "queued": gettext("In the queue: nobody can take it now"),
        "unmatched": gettext("No rule spoke for it"),
        "unassigned": gettext("Left with nobody"),
    }.get(decision.outcome, decision.outcome)


def _listed(decision: Decision, names: NamesOf) -> str:
    people = decision.person_ids or ([decision.owner_id] if decision.owner_id else [])
    said = [names.person(one) for one in people] + [names.groups.get(one, "") for one in decision.group_ids]
    return ", ".join(one for one in said if one) or gettext("nobody")


def _face(decision: Decision) -> int | None:
    return decision.person_ids[0] if decision.person_ids else decision.owner_id


def route_of(decision: Decision, names: NamesOf) -> str:
    """Return by which way it came, and by whom if a person did it."""
    if decision.reason == "handed_over":
        return gettext("Handed over by the system after a suspension")
    if decision.reason == "merged":
        return gettext("Merged by %(name)s") % {"name": names.person(decision.actor_id or 0)}
    if decision.route == "manual" and decision.actor_id:
        said = gettext("Taken back by %(name)s") if decision.undoes else gettext("By hand, by %(name)s")
        return said % {"name": names.person(decision.actor_id)}
    if decision.route == "bulk" and decision.actor_id:
        said = gettext("Taken back in bulk by %(name)s") if decision.undoes else gettext("In bulk, by %(name)s")
        return said % {"name": names.person(decision.actor_id)}
    if decision.route is None:
        return gettext(REASON_SENTENCES[decision.reason]) if decision.reason in REASON_SENTENCES else ""
    return gettext(ROUTES.get(decision.route, decision.route))


def flow_name(steps: Iterable[Mapping[str, Any]]) -> str:
    """Return the name of the flow that named somebody, as it was then; "" when none did."""
    details = (one.get("detail") or {} for one in steps if one["kind"] == "flow")
    return next((one["flow_name"] for one in details if one.get("flow_name")), "")


def _by_flow(decision: Decision, steps: Iterable[Mapping[str, Any]]) -> str:
    name = flow_name(steps) if decision.route == "flow" else ""
    return gettext("Flow «%(name)s»") % {"name": name} if name else ""


def _rule(
    decision: Decision, steps: Iterable[Mapping[str, Any]], names: NamesOf, filters: Mapping[int, Filter]
) -> WhyRule | None:
    step = next((one for one in steps if one["kind"] == "rule" and one["verdict"] == "chosen"), None)
    if step is None or decision.rule_id is None:
        return None
    met = describe_match(step, filters.get(decision.rule_id), names=names.conditions)
    return WhyRule(
        id=decision.rule_id,
        name=_rule_name(step),
        version=decision.rule_version or 0,
        conditions=_late(step) + (met or gettext("for every contact")),
    )


def _late(step: Mapping[str, Any]) -> str:
    """How long it took for a rule that waits for a time, as the rule said then (EC-62)."""
    detail = step.get("detail") or {}
    if "after" not in detail:
        return ""
    label = choice_labels().get(("trigger", detail.get("trigger", "")), "")
    return f"{label} ≥ {say_after(detail['after'])} · "


def _passed(step: Mapping[str, Any], names: NamesOf, filters: Mapping[int, Filter]) -> WhyStep:
    label = _rule_name(step) if step["kind"] == "rule" else gettext(STEPS.get(step["kind"], step["kind"]))
    unmet = ""
    if step["reason"] == "filter_not_met":
        unmet = describe_match(step, filters.get(step["rule_id"]), names=names.conditions)
    return WhyStep(label, unmet or gettext(REASON_SENTENCES[step["reason"]]))


def _waiting_rule(steps: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the place of the rule that waits for its people, before those that are not tried for it; None: no rule."""
    waiting = None
    for step in (one for one in steps if one["kind"] == "rule"):
        if step["verdict"] == "also_matched":
            return waiting
        waiting = step["position"] if step["verdict"] == "matched_nobody" else waiting
    return None


def _behind(step: Mapping[str, Any], waiting: int | None) -> WhyStep | None:
    """Say of a rule that it fits, too, and is not tried while one before it waits."""
    if step["verdict"] != "also_matched" or waiting is None:
        return None
    said = gettext("The contact meets this rule too, but waits for the people of rule %(position)s.")
    return WhyStep(_rule_name(step), said % {"position": waiting})


def _rule_name(step: Mapping[str, Any]) -> str:
    return gettext("Rule %(position)s · %(name)s") % {"position": step["position"], "name": step["description"]}


def _because(decision: Decision, candidates: Iterable[Mapping[str, Any]], names: NamesOf, *, flow: str) -> str:
    chosen = [one for one in candidates if one["verdict"] == "chosen" and one["reason"] in REASON_SENTENCES]
    said = [f"{names.person(one['person_id'])}: {_reason(one['reason'], flow)}" for one in chosen]
    covers = decision.owner_id and decision.person_ids and decision.owner_id not in decision.person_ids
    if covers and decision.route not in ("manual", "bulk", None):
        owner = names.person(decision.owner_id or 0)
        said.append(gettext("Covers for %(owner)s, who stays responsible.") % {"owner": owner})
    return " ".join(said)


def _reason(code: str, flow: str) -> str:
    if code == "named_by_flow" and flow:
        return gettext("Was named by the flow «%(name)s».") % {"name": flow}
    return gettext(REASON_SENTENCES[code])


def _skipped(candidate: Mapping[str, Any], names: NamesOf) -> WhySkipped:
    detail = candidate.get("detail", {})
    short = ""
    if "capacity" in detail:
        short = f"{detail['load']}/{detail['capacity']}"
    elif detail.get("until"):
        short = gettext("until %(moment)s") % {"moment": _moment(datetime.fromisoformat(detail["until"]))}
    reason = gettext(REASON_SENTENCES[candidate["reason"]])
    return WhySkipped(names.person(candidate["person_id"]), reason, short)


def _tried(decision: Decision) -> str:
    """Say of what waits when it was tried last, and by which rules if others are in force by now."""
    if decision.tried_at is None or decision.tried_at <= decision.at:
        return ""
    said = {"moment": _moment(decision.tried_at), "version": decision.tried_version}
    if decision.tried_version is None:
        return gettext("Last tried %(moment)s.") % said
    return gettext("Last tried %(moment)s, by version %(version)s of the rules.") % said


def _next_try(decision: Decision) -> str:
    if decision.outcome == "queued" and decision.next_try_at:
        moment = _moment(decision.next_try_at)
        return gettext("Tried again when somebody becomes able, at the latest %(moment)s.") % {"moment": moment}
    if decision.outcome == "unmatched":
        return gettext("Tried again when rules are published.")
    return ""


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return formats.date_format(local, "j b, H:i")
