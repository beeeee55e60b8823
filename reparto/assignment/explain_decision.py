"""
Derive a stored decision again from its snapshot, and compare.

It reads stored rows only: today's people and rules do not matter. The tags and the template of a rule are compared with
what the decision had of them; one from before they were stored has none to compare.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reparto import engine
from reparto.kit.tenancy import in_organization
from reparto.rules.queries import frozen_rule_set

from .models import Cursor, Decision, Sitting
from .queries import UnknownDecision, find_decision, organization_of
from .read_trace import read_trace

#: What a rule does beside its choice.
EFFECTS = ("tags", "template_id")
#: What a frozen decision leaves out, where it is not nothing.
PRESETS: dict[str, Any] = {name: [] for name in ("person_ids", "group_ids", "steps", "candidates", "tags")} | {
    "reason": ""
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with its trace, and whether deriving it again gave the same."""

    same: bool
    text: str
    difference: str
    data: dict[str, Any]


def explain_decision(decision_id: int) -> Explanation:
    """
    Explain one decision of the installation, whichever organization's it is.

    Raises:
        UnknownDecision: There is none of this id.

    """
    organization_id = organization_of(decision_id)
    if organization_id is None:
        raise UnknownDecision(f"Decision {decision_id} does not exist.")
    with in_organization(organization_id):
        return explain(find_decision(decision_id))


def explain(decision: Decision) -> Explanation:
    """Explain a decision of the entered organization."""
    stored = _stored(decision)
    again = _derive(decision, stored) if decision.sitting_id is not None else stored
    same = again == stored
    difference = "" if same else _difference(stored, again)
    return Explanation(same=same, text=_text(decision), difference=difference, data={"id": decision.pk, **stored})


def _stored(decision: Decision) -> dict[str, Any]:
    trace = read_trace(decision)
    return {
        "outcome": decision.outcome,
        "route": decision.route,
        "owner_id": decision.owner_id,
        "person_ids": decision.person_ids,
        "group_ids": decision.group_ids,
        "rule_id": decision.rule_id,
        # The sitting is derived by the very version; the engine names it where a rule decided.
        "rule_version": decision.rule_version if decision.rule_id is not None else None,
        "rule_position": decision.rule_position,
        "reason": decision.reason,
        "next_try_at": _instant(decision.next_try_at),
        "turn": decision.rule_sequence,
        "cursor": _cursor_after(decision),
        "steps": trace.get("steps", []),
        "candidates": trace.get("candidates", []),
        **{name: trace[name] for name in EFFECTS if name in trace},
    }


def _cursor_after(decision: Decision) -> dict[str, Any] | None:
    """Return where the rule stands, while no later decision has moved it on from this one."""
    if decision.sitting_id is None or decision.rule_sequence is None:
        return None
    there = Cursor.objects.filter(rule_id=decision.rule_id or 0).first()
    return there.state if there and there.state.get("sequence") == decision.rule_sequence else None


def _derive(decision: Decision, stored: dict[str, Any]) -> dict[str, Any]:
    """Decide the items of the sitting again, up to this one: what came before it moved turns and loads."""
    sitting = Sitting.objects.get(pk=decision.sitting_id or 0)
    place = decision.place or 0
    snapshot = engine.thaw_snapshot(_with_rules(sitting), sitting.items[: place + 1])
    decided = engine.decide(snapshot)[place]
    # Through JSON, as the stored one went: an id that is a key is text there.
    frozen = json.loads(json.dumps(engine.freeze_decision(decided)))
    again = {name: frozen.get(name, PRESETS.get(name)) for name in stored}
    moved = again["cursor"] or {}
    return again | {
        "next_try_at": _instant(decided.next_try_at),
        "turn": moved.get("sequence"),
        "cursor": None if stored["cursor"] is None else moved,
    }


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()


def _with_rules(sitting: Sitting) -> dict[str, Any]:
    version = sitting.shared["rule_set"]["version"]
    rule_set = frozen_rule_set(sitting.organization_id, version) if version else engine.RuleSet()
    return {**sitting.shared, "rule_set": engine.freeze_rule_set(rule_set)}


def _difference(stored: dict[str, Any], again: dict[str, Any]) -> str:
    lines = [
        f"{name}: stored {json.dumps(stored[name])}, derived {json.dumps(again[name])}"
        for name in stored
        if stored[name] != again[name]
    ]
    return "\n".join(lines)


def _text(decision: Decision) -> str:
    lines = [
        f"decision {decision.pk} of {decision.at.isoformat()}: {decision.outcome}"
        f" by {decision.route or 'no route'}, owner {decision.owner_id}, people {decision.person_ids}"
    ]
    trace = read_trace(decision)
    for step in trace.get("steps", []):
        rule = f" rule {step['position']} «{step['description']}»" if step.get("rule_id") else ""
        lines.append(f"  {step['kind']}{rule}: {step['verdict']} ({step['reason']})")
    for candidate in trace.get("candidates", []):
        lines.append(f"  person {candidate['person_id']}: {candidate['verdict']} ({candidate['reason']})")
    if trace.get("tags") or trace.get("template_id"):
        lines.append(f"  effects: tags {trace['tags']}, template {trace['template_id']}")
    return "\n".join(lines)
