"""
Say how much of one account a person may have open at once, whatever their whole capacity is (BY-13).

It moves no work that they have: by hand they may have more.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_choice import read_integer
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import lock_person

from .queries import caps_of, find_account, store_cap

MOST = 10_000


def set_cap(person_id: int, account_id: int, *, cap: object, actor: Actor, at: datetime) -> int | None:
    """
    Set it, in effort units; None lifts it. What is set already is left as it is.

    Raises:
        NotAllowed: The actor does not manage accounts.
        UnknownPerson, UnknownAccount: There is no such person or account here.
        Invalid: It is no whole number, or out of bounds.

    """
    check(actor, "accounts.manage")
    # As for a mode: assigning locks the person's row, too.
    person = lock_person(person_id)
    account, faults = find_account(account_id), Faults()
    wanted = None if cap is None else read_integer(cap, path="capacity", least=0, most=MOST, faults=faults)
    faults.check()
    before = caps_of(person_id).get(account_id)
    if before == wanted:
        return wanted
    store_cap(actor.organization_id, account.pk, person.pk, wanted)
    record_audit(
        actor.person_id,
        "account.cap",
        object_kind="person",
        object_id=person_id,
        before={"account_id": account_id, "capacity": before},
        after={"account_id": account_id, "capacity": wanted},
        at=at,
    )
    publish(actor.organization_id, "people", [person_id])
    return wanted
