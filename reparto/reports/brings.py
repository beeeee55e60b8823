"""
What a thing that is given is to do, for whoever gets it, and what whoever had it gives up.

It decides nothing.
"""

from reparto.engine import WorkItem


def brings(item: WorkItem, person: int) -> int:
    """What it is to do: the conversation, or all that follows a contact alone but for what the person works anyway."""
    if item.conversation_id is not None:
        return item.effort
    return item.carries + sum(one.effort for one in item.carried if person not in one.assignee_ids)


def takes(item: WorkItem) -> int:
    """What a contact alone takes from its owner: the conversations of theirs that follow it."""
    return item.carries + sum(one.effort for one in item.carried if item.owner_id in one.assignee_ids)
