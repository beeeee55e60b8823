"""
A sweep: find the contacts that time-based rules are for, and give them to others, parcel by parcel.

Finding takes no lock; each parcel is decided under the desk's, short enough for others not to wait. What was moved is
not late any more, so a sweep that was killed goes on where it was and moves nobody twice. When to look is kept with the
desk.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from reparto.contacts.models import Contact
from reparto.engine import RuleSet
from reparto.kit.tenancy import in_organization
from reparto.rules.queries import current_rule_set

from .halt_sweep import count_down, end_halts, halt_sweep
from .late_contacts import late_contacts
from .lock_desk import lock_desk
from .models import Desk
from .move_late import RulesChanged, move_late
from .read_limits import Limit, read_limits, time_rules

#: How many are found at a time: their ids are all that is kept of them.
FOUND = 10_000
#: How many are decided at a time: at first, at least, at most.
FIRST, LEAST, MOST = 100, 50, 1_000
#: For so long a parcel may hold the desk; the next one is made to fit.
SECONDS = 0.15
#: Between two looks: at least so long, and so many times as long as the last one took, up to so long.
REST, SHARE, MOST_REST = timedelta(seconds=10), 20, timedelta(hours=1)
Clock = Callable[[], datetime]


def sweep_late(organization_id: int, *, clock: Clock) -> int:
    """Move whatever is late, unless there is so much that it has to be asked; return how many contacts went."""
    began, began_at = clock(), time.monotonic()
    with in_organization(organization_id):
        rule_set = _claim_look(organization_id, at=began)
    if rule_set is None:
        return 0
    with in_organization(organization_id):
        limits = read_limits(time_rules(rule_set), at=began)
        halted = halt_sweep(organization_id, limits, at=began)
    moved = 0 if halted else _move(organization_id, limits, rule_set.version, clock)
    rest = min(timedelta(seconds=SHARE * (time.monotonic() - began_at)), MOST_REST)
    if rest > REST:
        with in_organization(organization_id):
            # Unless somebody asked for a look meanwhile.
            Desk.objects.filter(late_at=began + REST).update(late_at=clock() + rest)
    return moved


def _claim_look(organization_id: int, *, at: datetime) -> RuleSet | None:
    """Say when to look next, and return the rules; None, and no next look, when none of them waits for a time."""
    lock_desk(organization_id)
    rule_set = current_rule_set()
    waits = bool(time_rules(rule_set))
    Desk.objects.update(late_at=at + REST if waits else None)
    return rule_set if waits else None


def _move(organization_id: int, limits: Sequence[Limit], version: int, clock: Clock) -> int:
    moved, began = 0, clock()
    pace = Pace()
    key = f"sweep:{began:%Y%m%d%H%M%S}"
    for parcel in pace.cut(_find(organization_id, limits, at=began)):
        # A clock that jumps back meanwhile must not make what was just moved late again.
        since, at = time.monotonic(), max(clock(), began)
        try:
            with in_organization(organization_id):
                gone = move_late(organization_id, parcel, limits, version=version, at=at, key=key)
                count_down(gone)
        except RulesChanged:
            return moved  # whoever changed them asked for a look
        moved += gone
        pace.took(time.monotonic() - since)
    with in_organization(organization_id):
        end_halts(at=began)
    return moved


def _find(organization_id: int, limits: Sequence[Limit], *, at: datetime) -> Iterator[list[int]]:
    """The ids of what each rule is for, in their order, some at a time."""
    for limit in limits:
        last = 0
        while True:
            with in_organization(organization_id):
                found = list(next_late(limit, after=last, at=at))
            if not found:
                break
            last = found[-1]
            yield found


def next_late(limit: Limit, *, after: int, at: datetime) -> QuerySet[Contact, int]:
    """Return the ids of the next contacts that are late for a rule (index `contacts_contact_quiet_since`)."""
    late = late_contacts(limit, at=at).filter(pk__gt=after).order_by("pk")
    return late.values_list("pk", flat=True)[:FOUND]


class Pace:
    """How many to decide at a time, so that nobody waits long for the desk."""

    def __init__(self) -> None:
        """Begin with few."""
        self.size = FIRST

    def cut[Found](self, found: Iterable[list[Found]]) -> Iterator[list[Found]]:
        """Cut what was found into parcels, each as large as fits by then."""
        for together in found:
            begin = 0
            while begin < len(together):
                size = self.size
                yield together[begin : begin + size]
                begin += size

    def took(self, seconds: float) -> None:
        """Let the next parcel fit: at most twice as many as the last."""
        fits = int(self.size * SECONDS / max(seconds, 0.001))
        self.size = min(max(fits, LEAST), self.size * 2, MOST)
