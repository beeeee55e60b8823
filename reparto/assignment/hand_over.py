"""
Suspend somebody and begin to hand their contacts and open conversations over, as one job of the system's.

It moves nothing itself: `work_handover` does, in parcels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from reparto.channels.queries import accounts_by_id
from reparto.contacts.lock_contacts_of import count_contacts_of
from reparto.contacts.pass_default_assignees import pass_default_assignees
from reparto.conversations.lock_work_of import count_work_apart
from reparto.kit.faults import Fault, Faults, Invalid
from reparto.kit.jobs import wake
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import find_people, find_person
from reparto.people.suspend_person import suspend_person

from .lock_desk import lock_desk
from .models import Handover
from .wake_waiting import wake_waiting


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who inherits; None: contacts go back to the pool, and the rules share open conversations out."""

    person_id: int | None
    by_account: Mapping[int, int] = field(default_factory=dict)  #: of the conversations on these accounts

    @property
    def apart(self) -> dict[int, int]:
        """The accounts whose conversations go to somebody else than the contacts do."""
        return {account: heir for account, heir in self.by_account.items() if heir != self.person_id}


def hand_over(person_id: int, heirs: Heirs, *, actor: Actor, at: datetime) -> Handover | None:
    """
    Suspend a person and let their work go to the heirs; None when there is none.

    Whoever inherits contacts also takes the person's place among default assignees; flows pass the person over.
    Of somebody who is suspended already, what they still have goes; one job of a person runs at a time.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.
        Invalid: An heir cannot inherit, a job for other heirs runs, or nobody would administer the company any more.

    """
    check(actor, "people.manage")
    lock_desk(actor.organization_id)
    _check_heirs(person_id, heirs)
    running = _running(person_id, heirs, at=at)
    suspend_person(person_id, actor=actor, at=at)
    pass_default_assignees(person_id, heir_id=heirs.person_id)
    wake_waiting(actor.organization_id, reason="people", at=at)
    return running or _begin(person_id, heirs, actor=actor, at=at)


def _running(person_id: int, heirs: Heirs, *, at: datetime) -> Handover | None:
    """Return the job that runs, if it is for the same heirs; of somebody who came back meanwhile it is over."""
    job = Handover.objects.select_for_update().filter(person_id=person_id, state="running").first()
    if job is None:
        return None
    if find_person(person_id).suspended_at is None:
        job.state, job.finished_at = "stopped", at
        job.save(update_fields=["state", "finished_at"])
        return None
    if (job.heir_id, job.by_account) != (heirs.person_id, {str(one): heir for one, heir in heirs.apart.items()}):
        said = gettext("Their work is being handed over to others already; it can be passed on when that is done.")
        raise Invalid((Fault("heir_id", "already_running", said),))
    return job


def _begin(person_id: int, heirs: Heirs, *, actor: Actor, at: datetime) -> Handover | None:
    apart = heirs.apart
    total = count_contacts_of(person_id) + count_work_apart(person_id, apart=apart)
    if not total:
        return None
    job = Handover.objects.create(
        organization_id=actor.organization_id,
        person_id=person_id,
        heir_id=heirs.person_id,
        by_account={str(account): heir for account, heir in apart.items()},
        asked_by_id=actor.person_id,
        total=total,
        created_at=at,
    )
    wake("handover", actor.organization_id)
    return job


def _check_heirs(person_id: int, heirs: Heirs) -> None:
    faults = Faults()
    named = {"heir_id": heirs.person_id} | {f"accounts.{key}": heir for key, heir in heirs.by_account.items()}
    able = {one.pk for one in find_people({one for one in named.values() if one}) if one.suspended_at is None}
    for path, heir in named.items():
        if heir == person_id:
            faults.add(path, "same_person", gettext("Choose somebody else: they cannot inherit from themself."))
        elif heir is not None and heir not in able:
            faults.add(path, "unknown_person", gettext("There is no such person, or they are suspended."))
    known = accounts_by_id(set(heirs.by_account))
    for account_id in heirs.by_account:
        if account_id not in known:
            faults.add(f"accounts.{account_id}", "unknown_account", gettext("There is no such account."))
    faults.check()
