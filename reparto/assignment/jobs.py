"""Entries for the worker: changes of many contacts and the work of those who left, parcel by parcel."""

from reparto.conversations.wake_snoozed import wake_snoozed
from reparto.kit.clock import now
from reparto.kit.jobs import register_work
from reparto.kit.tenancy import in_organization

from .bring_back import bring_back
from .renew_measure import renew_measure
from .sweep_late import sweep_late
from .work_bulk import work_bulk
from .work_handover import work_handover


def work_until_done(organization_id: int) -> None:
    """Work parcels until none is left; each is a transaction, and the desk is free between them."""
    while True:
        with in_organization(organization_id):
            if work_bulk(organization_id, at=now()) is None:
                return


def hand_over_until_done(organization_id: int) -> None:
    """Hand over parcels until none is left; each is a transaction, and the desk is free between them."""
    while True:
        with in_organization(organization_id):
            if work_handover(organization_id, at=now()) is None:
                return


def let_come_back(organization_id: int) -> None:
    """Let those come back whose absence has ended, and what was put off until now."""
    with in_organization(organization_id):
        at = now()
        bring_back(organization_id, at=at)
        wake_snoozed(organization_id, at=at)


def measure_again(organization_id: int) -> None:
    """Measure people's results anew, if rules go by them."""
    with in_organization(organization_id):
        renew_measure(organization_id, at=now())


def move_what_is_late(organization_id: int) -> None:
    """Give to others what time-based rules are for."""
    sweep_late(organization_id, clock=now)


register_work("back", let_come_back)
register_work("bulk", work_until_done)
register_work("handover", hand_over_until_done)
register_work("late", move_what_is_late)
register_work("measure", measure_again)
