"""Queue: nobody takes the item now. It waits with a reason and the time of the next try, or no rule spoke."""

from reparto.engine import reasons
from reparto.engine.draft import Draft
from reparto.engine.shapes import Decision


def wait_in_queue(draft: Draft) -> Decision:
    """
    Queue the item if there is somebody to wait for; else no rule matched.

    Somebody to wait for: a rule matched, or people were named (by list, flow, or as owner or default
    assignees), and none of them can receive now. What is unmatched is tried again when rules are published.
    """
    if not (draft.waits_for_owner or draft.candidates or draft.group_ids or draft.expects):
        draft.step("queue", "passed", reasons.NO_RULE_MATCHED)
        return draft.undecided("unmatched", reasons.NO_RULE_MATCHED)
    reason = reasons.WAITS_FOR_OWNER if draft.waits_for_owner else reasons.NOBODY_ELIGIBLE
    draft.step("queue", "waits", reason)
    return draft.undecided("queued", reason, next_try_at=draft.next_try_at())
