"""Decide who takes a piece of work. Pure: no Django, no clock, no chance, no I/O."""

from reparto.engine.draft import Draft
from reparto.engine.routes import ROUTES
from reparto.engine.routes.wait_in_queue import wait_in_queue
from reparto.engine.shapes import Decision, Snapshot, WorkItem
from reparto.engine.sitting import Sitting


def decide(snapshot: Snapshot) -> tuple[Decision, ...]:
    """
    Decide all items of a snapshot, in their order.

    Loads, turns and owners move as items are decided, so a batch gives exactly the decisions that one at a time would
    have given. The same snapshot always gives the same decisions.
    """
    sitting = Sitting(snapshot)
    return tuple(_decide_item(item, sitting) for item in snapshot.items)


def _decide_item(item: WorkItem, sitting: Sitting) -> Decision:
    item = sitting.as_it_stands(item)
    draft = Draft(item, sitting)
    for route in ROUTES:
        decision = route(draft)
        if decision is not None:
            break
    else:
        decision = wait_in_queue(draft)
    sitting.settle(item, decision)
    return decision
