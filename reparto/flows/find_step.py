"""
Where a run stands among the steps of its version. Pure.

A place is [2] for the third step, [2, 0] for the first of those that step has otherwise.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

type Place = tuple[int, ...]
type Step = Mapping[str, Any]


def find_step(steps: Sequence[Step], place: Place) -> Step | None:
    """Return the step at a place; None past the last of them, where the flow ends."""
    if not place or place[0] >= len(steps):
        return None
    step = steps[place[0]]
    return find_step(step.get("otherwise", ()), place[1:]) if len(place) > 1 else step


def next_place(place: Place) -> Place:
    """Return the place after this one among the same steps."""
    return (*place[:-1], place[-1] + 1)


def length_of(step: Step) -> timedelta:
    """Return how long a wait is, by the clock."""
    return timedelta(**{step["unit"]: step["amount"]})
