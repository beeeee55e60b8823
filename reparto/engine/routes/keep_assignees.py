"""Stay: whoever works the conversation and can still receive keeps it. A reply never moves a conversation."""

from reparto.engine import reasons
from reparto.engine.draft import Draft
from reparto.engine.eligibility import Refusal
from reparto.engine.routes.gather_nominated import add_nominated
from reparto.engine.shapes import Decision


def keep_assignees(draft: Draft) -> Decision | None:
    """
    Leave the item where it is, if somebody has it and can still receive.

    For those who have it by hand `enabled` is enough, and neither room nor campaign is asked: they carry it already.
    Whoever declares themself away keeps it as well, if they chose so. A group keeps it while one of its people can.
    Somebody new whom a flow names is added to those who stay.
    """
    item = draft.item
    if item.due_rule_ids:
        return None
    if item.conversation_id is None:
        return _keep_owner(draft)
    if not item.assignee_ids and not item.assignee_group_ids:
        return None
    if not _somebody_stays(draft):
        draft.expects = True
        draft.step("stay", "passed", reasons.ASSIGNEES_CANNOT_RECEIVE)
        return None
    draft.step("stay", "chosen", reasons.ASSIGNEES_STAY)
    people = add_nominated(draft)
    if people or draft.group_ids:
        return draft.assigned("flow", reasons.NAMED_BY_FLOW, people, owner_id=item.owner_id)
    return draft.undecided("stays", reasons.ASSIGNEES_STAY)


def _keep_owner(draft: Draft) -> Decision | None:
    """A contact alone needs an owner and nothing else."""
    if draft.item.owner_id is None:
        return None
    draft.step("stay", "chosen", reasons.OWNER_STAYS)
    return draft.undecided("stays", reasons.OWNER_STAYS)


def _somebody_stays(draft: Draft) -> bool:
    item, sitting = draft.item, draft.sitting
    in_hand = draft.ask._replace(in_hand=True)
    refusals = {person: sitting.refusal(person, in_hand, effort=0) for person in item.assignee_ids}
    if any(refusal is None or _keeps(draft, person, refusal) for person, refusal in refusals.items()):
        return True
    groups = (sitting.snapshot.groups.get(group_id) for group_id in item.assignee_group_ids)
    standing = sitting.standing(draft.ask)
    if any(standing[member] is None for group in groups if group for member in group.member_ids):
        return True
    for person, refusal in refusals.items():
        if refusal is not None:
            draft.reject(person, refusal)
    return False


def _keeps(draft: Draft, person: int, refusal: Refusal) -> bool:
    """Whether somebody away wants to find replies when they are back; connection and shift are not declared."""
    return refusal.reason in (reasons.AWAY, reasons.OFFLINE) and draft.sitting.snapshot.agents[person].keeps_replies
