"""
Read how contacts stood when a time began, and what was done about them in it, in the order in which it was.

What the rules did is left out: a replay does that anew. What people did is all here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.assignment.read_past_owners import PastOwners, PastSpan, read_past_owners
from reparto.assignment.write_moves import Turn
from reparto.contacts.read_touches import Touches, read_touches
from reparto.conversations.read_answers import read_answers, read_closed, read_last_answers

from .entry import Entry

#: (instant, contact, what: in the order in which it counts at one instant, whom or when it names).
type Done = tuple[datetime, int, int, int | datetime | str | None]
CREATED, BECAME, GIVEN, FOLLOWED, SOLD, CANCELLED, CLOSED, GONE = range(8)


@dataclass(slots=True)
class PastContacts:
    """All contacts when the time began, those that came later included, and what was done, soonest first."""

    entries: dict[int, Entry]
    done: list[Done]


def read_entries(since: datetime, until: datetime) -> PastContacts:
    """Return them (nine queries)."""
    touches = read_touches(since, until)
    owners = read_past_owners(since, until)
    entries = {one.id: Entry(one.id, one.kind, one.campaign_id, one.created_at) for one in touches.contacts}
    done = [*_lives(touches, since), *_followed(entries, touches, since, until), *_sold(entries, touches, since)]
    done += [*_spans(entries, owners, since), *_kinds(entries, touches)]
    # What was closed at the instant of a look may have been so after it; before it, the look was told.
    done += [(at + timedelta.resolution, contact, CLOSED, None) for contact, at in read_closed(since, until)]
    _begin_rounds(entries, owners)
    known = (one for one in done if one[1] in entries)
    return PastContacts(entries, sorted(known, key=lambda one: (one[0], one[2])))


def _lives(touches: Touches, since: datetime) -> Iterator[Done]:
    for one in touches.contacts:
        yield max(one.created_at, since), one.id, CREATED, None
        if one.merged_at is not None:
            yield one.merged_at, one.id, GONE, None


def _kinds(entries: dict[int, Entry], touches: Touches) -> list[Done]:
    """What a contact was before the first edit of the time, it was when the time began."""
    seen: set[int] = set()
    done: list[Done] = []
    for one in touches.kinds:
        if one.contact_id in entries and one.contact_id not in seen:
            seen.add(one.contact_id)
            entries[one.contact_id].kind = one.before
        done.append((one.at, one.contact_id, BECAME, one.after))
    return done


def _followed(entries: dict[int, Entry], touches: Touches, since: datetime, until: datetime) -> list[Done]:
    asked = [one.id for one in touches.contacts if one.followed_since]
    answered = read_last_answers(asked, before=since) if asked else {}
    for one in touches.contacts:
        times = [at for at in (one.followed_at, answered.get(one.id)) if at is not None]
        entries[one.id].followed_at = max(times, default=None)
    return [(at, contact, FOLLOWED, None) for contact, at in (*touches.follow_ups, *read_answers(since, until))]


def _sold(entries: dict[int, Entry], touches: Touches, since: datetime) -> Iterator[Done]:
    for one in touches.sales:
        entry = entries.get(one.contact_id)
        if entry is None or (one.cancelled_at is not None and one.cancelled_at < since):
            continue
        if one.recorded_at < since:
            entry.sales.append(one.at)
            entry.recorded_at = max(one.recorded_at, entry.recorded_at or one.recorded_at)
        else:
            yield one.recorded_at, one.contact_id, SOLD, one.at
        if one.cancelled_at is not None:
            yield one.cancelled_at, one.contact_id, CANCELLED, one.at


def _spans(entries: dict[int, Entry], owners: PastOwners, since: datetime) -> Iterator[Done]:
    by_contact: dict[int, list[PastSpan]] = defaultdict(list)
    for span in owners.spans:
        by_contact[span.contact_id].append(span)
    for contact, theirs in by_contact.items():
        if contact in entries and theirs[0].since < since:
            _begin(entries[contact], theirs[0])
        yield from _given(theirs, since)


def _begin_rounds(entries: dict[int, Entry], owners: PastOwners) -> None:
    """What is kept of a round that no sweep has touched since says more than the span that began it."""
    for contact, kept in owners.rounds.items():
        if contact in entries:
            entries[contact].turn, entries[contact].turned_at = kept


def _begin(entry: Entry, span: PastSpan) -> None:
    """Whose it was when the time began; a sweep that gave it to them had begun its round."""
    entry.give(span.person_id, at=span.since, span=span.decision_id)
    if span.missed_ids is not None:
        entry.turn = Turn(entry.id, span.round_number, span.missed_ids, 0, span.decision_id, "moved")
        entry.turned_at = span.since


def _given(theirs: Sequence[PastSpan], since: datetime) -> Iterator[Done]:
    """What people gave by hand, and took: what a sitting gave begins without anybody, and ends with the next."""
    for span, later in zip(theirs, [*theirs[1:], None], strict=True):
        if span.by_hand and span.since >= since:
            yield span.since, span.contact_id, GIVEN, span.person_id
        if span.until is not None and (later is None or later.since > span.until):
            yield span.until, span.contact_id, GIVEN, None
