"""
Stop what something began and no step was taken of: it turned out otherwise (a call was answered on the next phone).

What has begun to act goes on. The caller holds the desk.
"""

from collections.abc import Collection
from datetime import datetime

from .models import Run


def call_off_runs(causes: Collection[str], *, at: datetime) -> None:
    """Stop the runs of these causes that still wait for their first step."""
    Run.objects.filter(cause__in=causes, state="running", story=[]).update(state="stopped", ended_at=at)
