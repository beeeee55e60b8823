"""
Refuse a step that newly names somebody who is suspended; who was named before that stays, and is passed over.

It reads no other fault: `read_steps` does.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.people.queries import suspended_among

type Steps = Iterable[Mapping[str, Any]]


def refuse_suspended(steps: Steps, *, before: Steps, faults: Faults) -> None:
    """Add a fault at each place; `before` are the steps as they stood."""
    had = {person for _, person in _named(before, "steps")}
    named = list(_named(steps, "steps"))
    gone = suspended_among({person for _, person in named} - had)
    for path, person in named:
        if person in gone:
            faults.add(path, "unknown_person", gettext("There is no such person, or they are suspended."))


def _named(steps: Steps, path: str) -> Iterator[tuple[str, int]]:
    """Return who is named and where, in the steps of a condition too."""
    for place, step in enumerate(steps):
        here = f"{path}[{place}]"
        for one, person in enumerate(step.get("person_ids", ())):
            yield f"{here}.person_ids[{one}]", person
        yield from _named(step.get("otherwise", ()), f"{here}.otherwise")
