"""
Find what became of the mails that decisions sent: on its way, sent, refused, nobody knows, or that there was none.

It sends nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from reparto.kit.models import Outbox
from reparto.kit.outbox import find_in_outbox

from .mail_assignees import KIND
from .models import NotificationContact


@dataclass(frozen=True, slots=True)
class Mailed:
    """One mail: its own, or one of many contacts together."""

    state: str  #: pending, sending, sent, failed, unknown; none: the installation had no mail server
    sent_at: datetime | None
    error: str
    together: bool


#: Of a rule's template, where no mail was written: see `mail_assignees`.
UNSENT = Mailed("none", None, "", together=False)


def mails_of_decisions(decisions: Mapping[int, Collection[int]], *, mailing: Collection[int] = ()) -> dict[int, Mailed]:
    """
    Return the mail of each decision (id → who received) that sent one, in three queries at most.

    `mailing`: those whose rule has a template; without a mail, it is said of them.
    """
    keys = {f"{decision}:{person}": decision for decision, people in decisions.items() for person in people}
    if not keys:
        return {}
    found = {keys[key]: _mailed(row) for key, row in find_in_outbox(KIND, keys).items()}
    told = NotificationContact.objects.filter(decision_id__in=decisions.keys() - found.keys())
    notices = dict(told.values_list("decision_id", "notification_id"))
    if notices:
        rows = find_in_outbox(KIND, {f"job:{notice}" for notice in notices.values()})
        found |= {
            decision: _mailed(rows[f"job:{notice}"], together=True)
            for decision, notice in notices.items()
            if f"job:{notice}" in rows
        }
    return dict.fromkeys((one for one in mailing if decisions[one]), UNSENT) | found


def mailed_together(notification_id: int) -> bool:
    """Say whether what a notification of many tells is in one mail of its rule, sent or on its way."""
    key = f"job:{notification_id}"
    row = find_in_outbox(KIND, {key}).get(key)
    return row is not None and row.state != "failed"


def _mailed(row: Outbox, *, together: bool = False) -> Mailed:
    return Mailed(row.state, row.sent_at, row.error, together)
