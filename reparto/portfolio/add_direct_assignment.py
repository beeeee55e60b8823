"""
Put one client into the portfolio of an account: primary, backup, supervisor.

It assigns nothing that is there already; the desk reads the list when the client next writes.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from reparto.channels.queries import UnknownAccount, find_account
from reparto.channels.shapes import BSUID
from reparto.contacts.address_error import NotAnAddress
from reparto.contacts.match_key import Address, match_key
from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Faults, Invalid
from reparto.kit.organizations import this_organization
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check
from reparto.people.queries import known_people, suspended_among

from .models import DirectAssignment

IDENTIFIER_LIMIT = 320


@dataclass(frozen=True, slots=True)
class DirectAssignmentDraft:
    """A client of an account, and who attends them, in this order."""

    account_id: int
    identifier: str  #: a phone, an e-mail or a WhatsApp user id
    primary_id: int
    backup_id: int | None = None
    supervisor_id: int | None = None


def add_direct_assignment(draft: DirectAssignmentDraft, *, actor: Actor, at: datetime) -> DirectAssignment:
    """
    Add a row.

    Raises:
        NotAllowed: The actor does not manage the portfolio.
        Invalid: Something is wrong with the draft, or the client stands in the list already; has all faults.

    """
    check(actor, "portfolio.manage")
    row = _read(draft, actor)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Account and people were read just now and are never deleted: only the client can be there.
        message = gettext("This client stands in the list already.")
        raise Invalid((Fault("identifier", "duplicate", message),)) from None
    record_audit(
        actor.person_id,
        "portfolio.add",
        object_kind="direct_assignment",
        object_id=row.pk,
        before=None,
        after=show_direct_assignment(row),
        at=at,
    )
    return row


def show_direct_assignment(row: DirectAssignment) -> dict[str, object]:
    """Return a row as the API answers it and the audit keeps it."""
    names = ("account_id", "identifier", "primary_id", "backup_id", "supervisor_id")
    return {name: getattr(row, name) for name in names}


def _read(draft: DirectAssignmentDraft, actor: Actor) -> DirectAssignment:
    faults = Faults()
    _check_account(draft.account_id, faults)
    people = {name: getattr(draft, name) for name in ("primary_id", "backup_id", "supervisor_id")}
    known = known_people(person for person in people.values() if person is not None)
    known -= suspended_among(known)
    for name, person in people.items():
        if person is not None and person not in known:
            faults.add(name, "unknown_person", gettext("There is no such person."))
    address = _address(draft.identifier, faults)
    faults.check()
    return DirectAssignment(
        organization_id=actor.organization_id,
        account_id=draft.account_id,
        identifier=address.value if address else "",
        kind=address.kind if address else "",
        key=address.key if address else "",
        **people,
    )


def _check_account(account_id: int, faults: Faults) -> None:
    try:
        find_account(account_id)
    except UnknownAccount:
        faults.add("account_id", "unknown_account", gettext("There is no such account."))


def _address(raw: str, faults: Faults) -> Address | None:
    text = read_line(raw, path="identifier", limit=IDENTIFIER_LIMIT, faults=faults)
    kind = "email" if "@" in text else "bsuid" if BSUID.fullmatch(text) else "phone"
    try:
        return match_key(kind, text, country=this_organization().country) if text else None
    except NotAnAddress as error:
        faults.add("identifier", error.code, gettext("Write a phone number, an e-mail or a WhatsApp user id."))
        return None
