"""
Let what waits be tried again, because somebody became able or the rules changed.

It decides nothing: the worker does, oldest first, after the commit.
"""

from datetime import datetime
from typing import Literal

from reparto.kit.jobs import wake

from .models import Desk, Waiting


def wake_waiting(organization_id: int, *, reason: Literal["people", "rules"], at: datetime) -> None:
    """Make what is queued due now; when the rules changed, also what no rule spoke for, and look for what is late."""
    if reason == "rules":
        Desk.objects.update(late_at=at)
        wake("late", organization_id)
    outcomes = ["queued", "unmatched"] if reason == "rules" else ["queued"]
    if Waiting.objects.filter(outcome__in=outcomes).update(due_at=at):
        wake("desk", organization_id)
