"""
What a thing that is given is to do, for whoever gets it.

It decides nothing.
"""

from reparto.engine import WorkItem


def brings(item: WorkItem, person: int | None = None) -> int:
    """What it is to do: the conversation, or all that follows a contact alone but for what the person works anyway."""
    if item.conversation_id is not None:
        return item.effort
    return item.carries + sum(one.effort for one in item.carried if person not in one.assignee_ids)
