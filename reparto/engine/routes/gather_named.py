"""Flow and default assignees together: added, never one instead of the other (AC-3, AC-4)."""

from reparto.engine import reasons
from reparto.engine.draft import Draft
from reparto.engine.routes.gather_nominated import flow_detail, gather_nominated, members_of
from reparto.engine.shapes import Decision


def gather_named(draft: Draft) -> Decision | None:
    """
    All who were named for this contact and can receive: by a flow, as its owner, as its default assignees.

    Whoever cannot is a rejected candidate. A group that a flow named decides when one of its people can receive.
    When nobody can, the next route is tried, and the groups are added to whomever it finds.
    """
    if draft.item.conversation_id is None or draft.item.due_rule_ids:
        return None
    by_flow = gather_nominated(draft, besides=())
    defaults = _defaults(draft, besides=by_flow)
    people = by_flow + tuple(defaults)
    found = bool(people) or _a_group_is_able(draft)
    _note(draft, by_flow, found=found)
    if not found:
        return None
    named_by_flow = bool(by_flow or draft.group_ids)
    return draft.assigned(
        "flow" if named_by_flow else "default_assignees",
        reasons.NAMED_BY_FLOW if named_by_flow else defaults[people[0]],
        people,
        owner_id=draft.owner_id,
        stand_in=draft.owner_id is not None and draft.owner_id not in people,
    )


def _defaults(draft: Draft, *, besides: tuple[int, ...]) -> dict[int, str]:
    """The owner and the default assignees who can receive, the owner first, each with why they are here."""
    named = dict.fromkeys(draft.item.default_assignee_ids, reasons.DEFAULT_ASSIGNEE)
    if draft.item.owner_id is not None:
        named = {draft.item.owner_id: reasons.OWNER} | {**named, draft.item.owner_id: reasons.OWNER}
    wanted = {person: why for person, why in named.items() if person not in besides}
    able = draft.able(wanted.items())
    if wanted and able:
        draft.step("default_assignees", "chosen", wanted[able[0]], {"person_ids": list(able)})
    elif wanted:
        draft.step("default_assignees", "matched_nobody", reasons.NOBODY_NAMED_ABLE)
    return {person: wanted[person] for person in able}


def _a_group_is_able(draft: Draft) -> bool:
    """Whether somebody in a named group can receive; if nobody can, its people become rejected candidates."""
    standing = draft.sitting.standing(draft.ask)
    members = members_of(draft, draft.group_ids)
    refusals = {member: standing[member] for member in members}
    if not refusals or not all(refusals.values()):
        return bool(refusals)
    for member, refusal in refusals.items():
        if refusal is not None:
            draft.reject(member, refusal)
    return False


def _note(draft: Draft, by_flow: tuple[int, ...], *, found: bool) -> None:
    if draft.item.nomination is None:
        return
    added = by_flow or (found and draft.group_ids)
    verdict, reason = ("chosen", reasons.NAMED_BY_FLOW) if added else ("matched_nobody", reasons.NOBODY_NAMED_ABLE)
    draft.step("flow", verdict, reason, flow_detail(draft, by_flow))
