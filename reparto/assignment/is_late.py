"""
The law of rules that wait for a time, of one contact: since when its time runs, and whether it is over.

Pure: the sweep asks it of what it holds, a replay of what it remembers. `late_contacts` says the same in SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reparto.engine import Trigger

from .read_limits import Limit


@dataclass(frozen=True, slots=True)
class Touched:
    """When something was done about a contact, and since when its owner has it."""

    owner_id: int | None
    created_at: datetime
    followed_up_at: datetime | None
    owned_since: datetime | None
    sold_at: datetime | None


def is_late(limit: Limit, touched: Touched) -> bool:
    """Say whether a contact of the rule's kind has been quiet for as long as the rule says."""
    if limit.rule.trigger == "no_sales" and limit.rule.entity != "client":
        return False  # only clients buy, as `late_contacts` has it
    since = quiet_since(limit.rule.trigger, touched)
    return since is not None and since <= limit.of(touched.owner_id)


def quiet_since(trigger: Trigger, touched: Touched) -> datetime | None:
    """
    Return since when the time of a rule runs; None when the rule is not for it.

    Whoever was given a contact has the whole time from then on, whatever was before. An owner who came with the
    contact is held to what happened before, so that a history which is brought in counts.
    """
    owned = touched.owned_since or touched.created_at
    if trigger == "no_first_followup":
        followed = touched.followed_up_at is not None and touched.followed_up_at >= owned
        return None if touched.owner_id is None or followed else owned
    last = touched.sold_at if trigger == "no_sales" else touched.followed_up_at
    if touched.owner_id is None:
        return last or touched.created_at
    return last if last and owned <= touched.created_at else max(owned, last or owned)


def rests(limit: Limit, rests_for: Mapping[str, Sequence[str]]) -> bool:
    """Say whether all to whom the rule could give a contact have had it, or could not have it."""
    known = rests_for.get(str(limit.rule.id))
    return known is not None and set(limit.pool) <= set(known)
