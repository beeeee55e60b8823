"""
Say what one person may be given on one account: nothing, by hand, also automatically (AD-7).

It moves no work that they have.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish
from reparto.kit.read_choice import read_choice
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import lock_person

from .models import AccountMode
from .queries import find_account, modes_of, store_mode

MODES = ("disabled", "enabled", "auto")


def set_mode(person_id: int, account_id: int, *, mode: str, actor: Actor, at: datetime) -> None:
    """
    Set the mode of a person on an account.

    Raises:
        NotAllowed: The actor does not manage accounts.
        UnknownPerson, UnknownAccount: There is no such person or account here.
        Invalid: There is no such mode.

    """
    check(actor, "accounts.manage")
    # The person's row first: assigning locks it too, so that nobody is given work by a mode that just ended.
    person = lock_person(person_id)
    account = find_account(account_id)
    faults = Faults()
    mode = read_choice(mode, path="mode", choices=MODES, faults=faults)
    faults.check()
    before = modes_of(person_id).get(account_id, "disabled")
    store_mode(AccountMode(organization_id=actor.organization_id, account=account, person=person, mode=mode))
    record_audit(
        actor.person_id,
        "account.mode",
        object_kind="person",
        object_id=person_id,
        before={"account_id": account_id, "mode": before},
        after={"account_id": account_id, "mode": mode},
        at=at,
    )
    publish(actor.organization_id, "people", [person_id])
