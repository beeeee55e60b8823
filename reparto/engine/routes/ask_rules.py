"""Rules, in order: the first that matches and has somebody eligible decides."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from reparto.engine import reasons
from reparto.engine.draft import Draft
from reparto.engine.eligibility import Refusal
from reparto.engine.prepared_rule import PreparedRule
from reparto.engine.shapes import Decision, WorkItem
from reparto.engine.strategies import Choice, Eligible

_MISSED = Refusal(reasons.MISSED_IT)


def ask_rules(draft: Draft) -> Decision | None:
    """
    Let the first rule decide that matches the item and has somebody eligible.

    A rule that matches with nobody is noted and waits or passes on, by its own setting; one whose list is empty always
    passes on. Rules after the deciding one that match too are noted. A rule for what arrives sets the owner
    only where there is none; a time-based rule reassigns.
    """
    if _waits_for_owner(draft):
        draft.waits_for_owner = True
        return None
    settled, winner = False, None
    for rule in draft.sitting.rules:
        trace: list[Mapping[str, Any]] = []
        against = rule.mismatch(draft.item, trace)
        if against is not None:
            draft.steps.append(rule.step("not_matched", against, trace))
        elif settled:
            draft.steps.append(rule.step("also_matched", reasons.AN_EARLIER_RULE_DECIDED, trace))
        else:
            choice = _try(rule, draft, trace)
            winner = (rule, choice) if choice else None
            settled = choice is not None or (bool(rule.order) and rule.rule.if_nobody == "wait")
    return _decide(draft, *winner) if winner else None


def _waits_for_owner(draft: Draft) -> bool:
    """Whether the owner is only away for now and the organization would rather wait than have them covered."""
    item, policy = draft.item, draft.sitting.snapshot.policy
    if draft.owner_id is None or item.due_rule_ids or policy.owner_away != "wait":
        return False
    refusal = draft.refusal(draft.owner_id)
    return refusal is not None and refusal.reason in reasons.PASSING


def _try(rule: PreparedRule, draft: Draft, trace: list[Mapping[str, Any]]) -> Choice | None:
    """Choose one of a matching rule's people, and note everybody who was considered."""
    if not rule.order:
        # A group may get people without anybody touching the rule, so this is worth waiting for.
        draft.expects = draft.expects or bool(rule.rule.assign_to)
        draft.steps.append(rule.step("matched_nobody", reasons.EMPTY_RULE, trace))
        return None
    choice = _choose(rule, draft)
    if choice is None:
        draft.steps.append(rule.step("matched_nobody", reasons.NOBODY_ELIGIBLE, trace))
    else:
        draft.steps.append(rule.step("chosen", reasons.RULE_MATCHED, trace, {**choice.detail, **rule.threshold}))
    return choice


def _choose(rule: PreparedRule, draft: Draft) -> Choice | None:
    pool = rule.pool(draft.ask, draft.sitting.standing(draft.ask))
    people, refused = _with_room(pool.able, draft)
    elsewhere = (*pool.elsewhere, *(one for one, why in refused.items() if why.reason in reasons.FOR_THIS_KIND))
    choice = rule.way.choose(_eligible(rule, draft, people, elsewhere)) if people else None
    draft.candidates += rule.cards(pool, choice.person_id if choice else None, refused)
    if choice is None:
        for until in (pool.wakes_at, *(refusal.until for refusal in refused.values())):
            draft.wake(until)
    return choice


def _with_room(able: tuple[int, ...], draft: Draft) -> tuple[Sequence[int], dict[int, Refusal]]:
    """Those of the able who have room for this item, and why the others have not."""
    if not draft.item.due_rule_ids and draft.sitting.bounded.isdisjoint(able):
        return able, {}
    people, refused = [], {}
    for person in able:
        refusal = _against(person, draft)
        if refusal is None:
            people.append(person)
        else:
            refused[person] = refusal
    return people, refused


def _against(person: int, draft: Draft) -> Refusal | None:
    """Against one of the able, for this item: a late contact goes to nobody who missed it, and with what follows it."""
    item = draft.item
    if not item.due_rule_ids:
        return draft.sitting.room(person, item.effort, draft.ask.account_id)
    if person == item.owner_id or person in item.missed_ids:
        return _MISSED
    return draft.refusal_along(person) or draft.sitting.room_along(person, item)


def _eligible(rule: PreparedRule, draft: Draft, people: Sequence[int], elsewhere: Collection[int]) -> Eligible:
    sitting = draft.sitting
    return Eligible(
        people=people,
        order=rule.order,
        places=rule.places,
        cursor=sitting.cursor(rule.rule.id),
        loads=sitting.loads,
        last_assigned=sitting.last_assigned,
        weights=rule.weights,
        figures=sitting.snapshot.figures.get(rule.rule.id, {}),
        minimum_sample=sitting.snapshot.policy.minimum_sample,
        shrinkage=sitting.snapshot.policy.shrinkage,
        ties_in_turn=sitting.snapshot.policy.ties_in_turn,
        keeps_turns=sitting.snapshot.policy.keeps_turns,
        elsewhere=elsewhere,
        weightless=_is_weightless(draft.item),
        notes=rule.notes,
    )


def _is_weightless(item: WorkItem) -> bool:
    """Whether nobody has more open for it: a contact that nothing open follows, or an account without effort."""
    if item.conversation_id is not None:
        return not item.effort
    return not item.carries and not any(one.effort for one in item.carried)


def _decide(draft: Draft, prepared: PreparedRule, choice: Choice) -> Decision:
    rule = prepared.rule
    reassigns = rule.trigger != "web_integration"
    owner_id = choice.person_id if reassigns or draft.owner_id is None else draft.owner_id
    return draft.assigned(
        "rule",
        reasons.RULE_MATCHED,
        (choice.person_id,),
        owner_id=owner_id,
        stand_in=owner_id != choice.person_id,
        rule_id=rule.id,
        rule_version=draft.sitting.snapshot.rule_set.version,
        rule_position=rule.position,
        tags=rule.tags,
        template_id=rule.template_id,
        cursor=choice.cursor,
    )
