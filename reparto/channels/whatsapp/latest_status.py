"""What to show of a message that we sent, from all that was ever said of it. Pure: a set has no wrong order."""

from collections.abc import Iterable

RANKS = {"accepted": 0, "sent": 1, "failed": 2, "delivered": 3, "read": 4, "deleted": 5}
"""
Later hides earlier. `failed` hides `sent`, but not `delivered`: with several devices Meta may report a failure on one
after the arrival on another, in any order, and what arrived did arrive.
"""


def latest_status(statuses: Iterable[str]) -> str:
    """Choose the furthest of these statuses; a message of which nothing was said yet is `accepted`."""
    return max(statuses, key=lambda status: RANKS.get(status, -1), default="accepted")
