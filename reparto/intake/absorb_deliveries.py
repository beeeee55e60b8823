"""
The story of a message, on one page: deliveries → contacts → conversations → the desk, in one transaction.

The desk's lock is taken first, so that turns follow the order in which deliveries were stored. A bad delivery
spoils no other: it is set aside in sight of an administrator.
"""

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import OperationalError, transaction

from reparto.assignment.decide_waiting import decide_at_desk
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.put_in_line import InLine, put_in_line
from reparto.channels.queries import accounts_by_id
from reparto.contacts.identify_contacts import identify_contacts
from reparto.conversations.apply_statuses import apply_statuses
from reparto.conversations.queries import known_external_ids
from reparto.conversations.thread_messages import Said, Threaded, thread_messages
from reparto.flows.begin_runs import begin_runs
from reparto.flows.happened import Happened
from reparto.flows.run_flows import run_flows
from reparto.kit.live import publish_all
from reparto.kit.organization_settings import country_of
from reparto.kit.tenancy import in_organization

from .models import Delivery
from .queries import mark_absorbed, pending_deliveries, put_off, set_aside
from .take_in_calls import take_in_calls
from .understand_delivery import Heard, Understood, understand_delivery

log = structlog.get_logger()
#: A delivery that the database was in the way of (two waited for each other, it took too long) is tried so often.
MOST_TRIES = 5


def absorb_deliveries(organization_id: int, *, at: datetime, limit: int = 200) -> int:
    """
    Absorb what was received by one organization and decide what waits there, oldest first.

    Returns how many deliveries and waiting items were looked at; 0 when there was nothing to do. All or nothing: if
    the worker dies here, the next one begins where this one began.
    """
    with in_organization(organization_id):
        lock_desk(organization_id)
        deliveries = pending_deliveries(limit)
        if deliveries:
            deliveries = _absorb(organization_id, _understand(organization_id, deliveries), at=at)
            mark_absorbed(deliveries, at=at)
        # Before anybody is chosen: whom the company's own steps name is chosen with the others.
        taken = run_flows(organization_id, at=at)
        looked_at = decide_at_desk(organization_id, at=at)
    return len(deliveries) + taken + looked_at


def _understand(organization_id: int, deliveries: Sequence[Delivery]) -> list[Understood]:
    country = country_of(organization_id)
    accounts = accounts_by_id({delivery.account_id for delivery in deliveries})
    return [understand_delivery(delivery, accounts[delivery.account_id], country=country) for delivery in deliveries]


def _absorb(organization_id: int, understood: Sequence[Understood], *, at: datetime) -> list[Delivery]:
    """Return what is done with; what the database was in the way of is left to the next look."""
    for one in understood:
        _set_aside_unreadable(one, at=at)
    try:
        with transaction.atomic():
            _take_in(organization_id, understood, at=at)
    except Exception as error:  # whatever it is: one delivery must not stop those behind it
        log.warning("batch_failed", organization=organization_id, size=len(understood), error=type(error).__name__)
        return [one.delivery for one in understood if _absorb_alone(organization_id, one, at=at)]
    return [one.delivery for one in understood]


def _set_aside_unreadable(one: Understood, *, at: datetime) -> None:
    # Of what is tried again it was set aside the first time.
    if one.unreadable and not one.delivery.tries:
        # Without content: how much of which delivery, and why.
        reasons = sorted({part.reason for part in one.unreadable})
        log.warning("parts_set_aside", delivery=one.delivery.pk, parts=len(one.unreadable), reasons=reasons)
        set_aside(one.delivery, one.unreadable, at=at)


def _absorb_alone(organization_id: int, one: Understood, *, at: datetime) -> bool:
    """Take one delivery in, or set it aside; say whether it is done with."""
    try:
        with transaction.atomic():
            _take_in(organization_id, [one], at=at)
    except Exception as error:  # the outermost line of one delivery; what it was is kept for a person to see
        if isinstance(error, OperationalError) and one.delivery.tries + 1 < MOST_TRIES:
            log.warning("delivery_put_off", delivery=one.delivery.pk, error=type(error).__name__)
            put_off(one.delivery)
            return False
        log.warning("delivery_set_aside", delivery=one.delivery.pk, error=type(error).__name__)
        set_aside(one.delivery, at=at, reason="could_not_be_absorbed")
    return True


def _take_in(organization_id: int, understood: Sequence[Understood], *, at: datetime) -> None:
    """Store what was said and what became of what we said; put in line what wants an answer."""
    heard = _unheard([one for delivery in understood for one in delivery.heard])
    apply_statuses(
        organization_id,
        [(one.delivery.account_id, status) for one in understood for status in one.statuses],
        at=at,
    )
    take_in_calls(organization_id, [call for one in understood for call in one.calls], at=at)
    if not heard:
        return
    contacts = identify_contacts(organization_id, [one.writer for one in heard], at=at)
    said = [_said(one, contact.contact_id) for one, contact in zip(heard, contacts, strict=True)]
    threaded = thread_messages(organization_id, said, at=at)
    line = [InLine(one.contact_id, one.conversation_id) for one in threaded if one.wants_answer]
    put_in_line(organization_id, line, at=at)
    begin_runs(organization_id, _happened(heard, threaded), at=at)
    publish_all(
        organization_id,
        {
            "messages": tuple({one.conversation_id for one in threaded}),
            "contacts": tuple({contact.contact_id for contact in contacts if contact.is_new}),
        },
    )


def _happened(heard: Sequence[Heard], threaded: Sequence[Threaded]) -> list[Happened]:
    """Return what may begin a flow: what people said, and the conversations that began with it; no program's answer."""
    said = [(one, where) for one, where in zip(heard, threaded, strict=True) if where.wants_answer]
    starts = {
        where.conversation_id: Happened(
            "conversation_starts",
            f"conversation:{where.conversation_id}",
            where.contact_id,
            where.conversation_id,
            one.account_id,
        )
        for one, where in said
        if where.is_new
    }
    words = [
        Happened(
            "keyword",
            f"message:{one.account_id}:{one.external_id}",
            where.contact_id,
            where.conversation_id,
            one.account_id,
            text=one.text,
        )
        for one, where in said
        if one.text
    ]
    return [*starts.values(), *words]


def _unheard(heard: Sequence[Heard]) -> list[Heard]:
    """Return each message once: neither those of an earlier delivery, nor twins of this one."""
    known = known_external_ids({(one.account_id, one.external_id) for one in heard})
    fresh: dict[tuple[int, str], Heard] = {}
    for one in heard:
        if (one.account_id, one.external_id) not in known:
            fresh.setdefault((one.account_id, one.external_id), one)
    return list(fresh.values())


def _said(one: Heard, contact_id: int) -> Said:
    return Said(
        contact_id=contact_id,
        account_id=one.account_id,
        external_id=one.external_id,
        kind=one.kind,
        text=one.text,
        sent_at=one.sent_at,
        automatic=one.automatic,
        passive=one.passive,
        about=one.about,
        payload=one.payload,
    )
