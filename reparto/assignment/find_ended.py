"""
Who is told of the contacts that a sweep leaves to a supervisor: those nearest above their owners.

It tells nobody; a contact that nobody owns is the administrators' concern.
"""

from collections.abc import Iterable

from reparto.notifications.notify_ended import Ended
from reparto.people.queries import paths_of_people
from reparto.people.read_supervisors import read_supervisors

from .take_late import Late
from .write_moves import Turn


def find_ended(pairs: Iterable[tuple[Late, Turn]]) -> tuple[Ended, ...]:
    """Return the contacts whose rounds have ended, each with whoever is told; two queries, none if there is none."""
    ended = [(late.item, turn) for late, turn in pairs if turn.state == "ended"]
    if not ended:
        return ()
    supervisors = read_supervisors()
    paths = paths_of_people({item.owner_id for item, _ in ended})
    return tuple(
        Ended(
            item.contact_id,
            supervisors.of(paths.get(item.owner_id or 0, ""), but=item.owner_id),
            turn.held_decision_id,
        )
        for item, turn in ended
    )
