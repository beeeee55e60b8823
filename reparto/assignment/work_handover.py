"""
Hand over the next parcel of the work of somebody who was suspended, under the desk's lock.

A parcel is one transaction: what was moved is moved, and whatever is left is read anew from the rows, so that a worker
that dies repeats and forgets nothing. Each entry is the system's, never an administrator's (EC-54).
"""

from datetime import datetime

from reparto.contacts.lock_contacts_of import lock_contacts_of
from reparto.contacts.models import Contact
from reparto.conversations.change_assignees import Change
from reparto.conversations.lock_work_of import lock_work_of
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, open_conversations_of
from reparto.kit.jobs import wake
from reparto.kit.live import publish_all
from reparto.notifications.notify_assignees import Told, notify_assignees
from reparto.people.queries import find_people, find_person

from .change_by_system import REASON, ROUTE, change_by_system
from .change_owner import OwnerChange, change_owner
from .lock_desk import lock_desk
from .models import Handover, Waiting
from .put_in_line import InLine, put_in_line
from .wake_waiting import wake_waiting

#: So many hold the desk for well under a second.
PARCEL = 50


def work_handover(organization_id: int, *, at: datetime, limit: int = PARCEL) -> Handover | None:
    """Move one parcel of the oldest job that runs; return the job as it stands, None when none runs."""
    lock_desk(organization_id)
    job = Handover.objects.select_for_update().filter(state="running").order_by("id").first()
    if job is None:
        return None
    if find_person(job.person_id).suspended_at is None:
        # They came back meanwhile: what they still have stays theirs.
        return _store(job, "stopped", at=at)
    heirs = _Heirs(job)
    talks = lock_work_of(job.person_id, apart=heirs.apart, limit=limit)
    for talk in talks:
        _move_conversation(job, talk, heirs.of_account(talk.account_id), at=at)
    contacts = lock_contacts_of(job.person_id, limit=limit - len(talks))
    for contact in contacts:
        _move_contact(job, contact, heirs.of_contacts, at=at)
    job.worked += len(talks) + len(contacts)
    return _store(job, "done" if len(talks) + len(contacts) < limit else "running", at=at)


class _Heirs:
    """Who inherits what of a job; an heir who was suspended meanwhile inherits nothing more."""

    def __init__(self, job: Handover) -> None:
        by_account = {int(account): heir for account, heir in job.by_account.items()}
        people = find_people({one for one in [job.heir_id, *by_account.values()] if one is not None})
        able = {person.pk for person in people if person.suspended_at is None}
        self.of_contacts = job.heir_id if job.heir_id in able else None
        self.apart = {account: heir if heir in able else self.of_contacts for account, heir in by_account.items()}

    def of_account(self, account_id: int) -> int | None:
        """Return who inherits a conversation of an account."""
        return self.apart.get(account_id, self.of_contacts)


def _move_conversation(job: Handover, talk: Conversation, heir_id: int | None, *, at: datetime) -> None:
    there = assignees_of([talk.pk])[talk.pk]
    rest = [one for one in there.person_ids if one != job.person_id]
    comes = () if heir_id is None or heir_id in rest else (heir_id,)
    change = Change(talk.pk, come_people=comes, go_people=(job.person_id,))
    decision = change_by_system(talk, there, change, person_ids=[*rest, *comes], at=at)
    if comes:
        Waiting.objects.filter(conversation=talk).delete()
        _tell(job, Told(comes, talk.contact_id, talk.pk, decision.pk), at=at)
    _let_rules_speak(job, [talk], at=at)


def _move_contact(job: Handover, contact: Contact, heir_id: int | None, *, at: datetime) -> None:
    change = OwnerChange(contact=contact, owner_id=heir_id, route=ROUTE, actor_id=None, reason=REASON)
    decision = change_owner(job.organization_id, change, at=at)
    if heir_id is not None:
        _tell(job, Told((heir_id,), contact.pk, None, decision.pk), at=at)
    else:
        _let_rules_speak(job, open_conversations_of(contact.pk), at=at)


def _tell(job: Handover, told: Told, *, at: datetime) -> None:
    """An heir hears of the whole job in one notification."""
    notify_assignees(job.organization_id, [told], at=at, key=f"handover:{job.pk}")


def _let_rules_speak(job: Handover, talks: list[Conversation], *, at: datetime) -> None:
    """What nobody works any more waits for a decision."""
    assigned = assignees_of([talk.pk for talk in talks])
    left = [talk for talk in talks if not (assigned[talk.pk].person_ids or assigned[talk.pk].group_ids)]
    if left:
        put_in_line(job.organization_id, [InLine(talk.contact_id, talk.pk) for talk in left], at=at)
        wake("desk", job.organization_id)


def _store(job: Handover, state: str, *, at: datetime) -> Handover:
    job.state = state
    if state != "running":
        job.finished_at = at
    # Messages that came meanwhile may have made it more than was counted, or less.
    job.total = job.worked if state == "done" else max(job.total, job.worked)
    job.save(update_fields=["worked", "total", "state", "finished_at"])
    # Whoever worked with them may have room.
    wake_waiting(job.organization_id, reason="people", at=at)
    topics = {"contacts": (), "conversations": (), "waiting": (), "people": (job.person_id,), "notifications": ()}
    publish_all(job.organization_id, topics)
    return job
