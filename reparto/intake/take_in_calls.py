"""
The story of a call: its events → the contact → the entry in its conversation → its owner, or the line and the flows.

It runs under the desk's lock, in the transaction of its deliveries.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from reparto.assignment.own_answered_call import own_answered_call
from reparto.assignment.put_in_line import InLine, put_in_line
from reparto.channels.phone.call_event import CallEvent
from reparto.channels.phone.read_extensions import persons_by_extension
from reparto.channels.queries import accounts_by_id
from reparto.contacts.identify_contacts import identify_contacts
from reparto.conversations.note_call import NotedCall, ToldOfCall, find_call, note_call
from reparto.flows.begin_runs import begin_runs
from reparto.flows.call_off_runs import call_off_runs
from reparto.flows.happened import Happened
from reparto.kit.live import publish
from reparto.people.find_named import find_named

from .understand_call import HeardCall

#: While only some of the phones have rung in vain, the next one may be answered: no rule gives the contact away yet.
RINGS_ON = timedelta(minutes=2)


def take_in_calls(organization_id: int, calls: Sequence[HeardCall], *, at: datetime) -> None:
    """Note each event; an answered call has an owner, one that nobody answered waits for a rule or a person."""
    if not calls:
        return
    names = _names(calls)
    people, standing = find_named(names.values()), dict[int, NotedCall]()
    for call, named in names.items():
        told = _told(organization_id, calls[call], people.get(named), at=at)
        noted = note_call(organization_id, told, at=at)
        if noted is not None:
            _act_on(organization_id, noted, at=at)
            standing[noted.conversation_id] = noted
    _let_flows_hear(organization_id, standing.values(), at=at)


def _names(calls: Sequence[HeardCall]) -> dict[int, str]:
    """
    Return whom each call names, by its place; an extension that its account knows is the person's e-mail.

    One that it does not know is nobody: short numbers are ids of people too.
    """
    accounts = accounts_by_id({call.delivery.account_id for call in calls if call.event.answered_by})
    known = {pk: persons_by_extension(account.settings.get("extensions", "")) for pk, account in accounts.items()}
    said = {place: (call.delivery.account_id, call.event) for place, call in enumerate(calls)}
    return {place: known.get(account, {}).get(one.answered_by, _plain(one)) for place, (account, one) in said.items()}


def _plain(event: CallEvent) -> str:
    return "" if event.by_extension and event.answered_by.isdigit() else event.answered_by


def _told(organization_id: int, call: HeardCall, person_id: int | None, *, at: datetime) -> ToldOfCall:
    event, received_at = call.event, call.delivery.received_at
    return ToldOfCall(
        contact_id=_contact(organization_id, call, at=at),
        account_id=call.delivery.account_id,
        call_id=event.call_id,
        status=event.status,
        sent_at=min(event.at or received_at, received_at),
        caller=call.caller.addresses[0].key,
        leg=event.leg,
        person_id=person_id,
        said_by="" if person_id else event.answered_by,
        seconds=event.seconds,
    )


def _contact(organization_id: int, call: HeardCall, *, at: datetime) -> int:
    """Whoever made the call: a phone that it rang at may be told another number than theirs."""
    known = find_call(call.delivery.account_id, call.event.call_id)
    if known is not None:
        return known.conversation.contact_id
    (contact,) = identify_contacts(organization_id, [call.caller], at=at)
    if contact.is_new:
        publish(organization_id, "contacts", [contact.contact_id])
    return contact.contact_id


def _act_on(organization_id: int, noted: NotedCall, *, at: datetime) -> None:
    if noted.outcome == "answered":
        own_answered_call(
            organization_id,
            noted.contact_id,
            person_id=noted.person_id,
            conversation_id=noted.conversation_id,
            at=at,
        )
    elif noted.waits:
        line = [InLine(noted.contact_id, noted.conversation_id)]
        put_in_line(organization_id, line, at=at, due_at=_due_at(noted, at))


def _due_at(noted: NotedCall, at: datetime) -> datetime:
    return at + RINGS_ON if noted.may_ring_on else at


def _let_flows_hear(organization_id: int, calls: Collection[NotedCall], *, at: datetime) -> None:
    """A call that nobody answered may begin a conversation, as a message may; one that was answered began nothing."""
    call_off_runs([_cause(one) for one in calls if one.outcome == "answered"], at=at)
    starts = [
        Happened(
            "conversation_starts",
            _cause(one),
            one.contact_id,
            one.conversation_id,
            one.account_id,
            due_at=_due_at(one, at),
        )
        for one in calls
        if one.starts
    ]
    begin_runs(organization_id, starts, at=at)


def _cause(noted: NotedCall) -> str:
    return f"conversation:{noted.conversation_id}"
