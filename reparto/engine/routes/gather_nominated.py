"""Whom a flow's steps named: added to whoever has the conversation or gets it, never instead of them."""

from collections.abc import Iterable, Sequence

from reparto.engine import reasons
from reparto.engine.draft import Draft


def gather_nominated(draft: Draft, *, besides: Sequence[int]) -> tuple[int, ...]:
    """
    The people whom a flow named and who can receive, but for those `besides`, who are there already.

    The groups that it named go into the draft: whatever decides adds them.
    """
    nomination, item = draft.item.nomination, draft.item
    if nomination is None:
        return ()
    draft.group_ids = _new_groups(draft, nomination.group_ids)
    named = (person for person in dict.fromkeys(nomination.person_ids) if person not in (*item.assignee_ids, *besides))
    return draft.able((person, reasons.NAMED_BY_FLOW) for person in named)


def add_nominated(draft: Draft, *, besides: Sequence[int] = ()) -> tuple[int, ...]:
    """Whom a flow adds where somebody has the conversation anyway; notes the step."""
    people = gather_nominated(draft, besides=besides)
    if people or draft.group_ids:
        draft.step("flow", "chosen", reasons.NAMED_BY_FLOW, flow_detail(draft, people))
    elif draft.item.nomination is not None:
        draft.step("flow", "matched_nobody", reasons.NOBODY_NAMED_ABLE, flow_detail(draft, people))
    return people


def flow_detail(draft: Draft, people: Sequence[int]) -> dict[str, object]:
    """What the trace keeps of a flow: which one, and whom it added."""
    nomination = draft.item.nomination
    detail: dict[str, object] = {
        "flow_id": nomination.flow_id if nomination else None,
        "person_ids": list(people),
        "group_ids": list(draft.group_ids),
    }
    return detail | {"flow_name": nomination.flow_name} if nomination and nomination.flow_name else detail


def members_of(draft: Draft, group_ids: Sequence[int]) -> Iterable[int]:
    """The people of several groups, each once; a group that is gone has none."""
    groups = (draft.sitting.snapshot.groups.get(group_id) for group_id in group_ids)
    return dict.fromkeys(member for group in groups if group for member in group.member_ids)


def _new_groups(draft: Draft, group_ids: Sequence[int]) -> tuple[int, ...]:
    known, there = draft.sitting.snapshot.groups, draft.item.assignee_group_ids
    return tuple(group for group in dict.fromkeys(group_ids) if group in known and group not in there)
