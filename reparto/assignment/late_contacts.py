"""
The contacts that a time-based rule is for, as one query: what the sweep finds before it looks closely.

`take_late` says the same of single contacts under the lock; a test holds the two equal. Nothing is changed here.
"""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from reparto.contacts.filter_contacts import filter_contacts
from reparto.contacts.models import Contact
from reparto.contacts.quiet_contacts import quiet_contacts, unsold_clients
from reparto.engine import parse_filter
from reparto.kit.clock import TOO_FAR

from .models import Ownership
from .read_limits import Limit
from .standing_rounds import standing_rounds


def late_contacts(limit: Limit, *, at: datetime) -> QuerySet[Contact]:
    """Return the contacts that are late for a rule and meet its filters, but for those that are left alone."""
    rule = limit.rule
    if rule.trigger == "no_sales":
        # A prospect has bought nothing yet: there is nothing to miss.
        found = unsold_clients(until=limit.latest) if rule.entity == "client" else unsold_clients(until=at).none()
    else:
        found = quiet_contacts(rule.entity, until=limit.latest)
    found = filter_contacts(found, parse_filter(rule.filters), at=at)
    return _but_left_alone(_of_their_owners(found, limit), limit, at=at)


def _of_their_owners(found: QuerySet[Contact], limit: Limit) -> QuerySet[Contact]:
    """
    Whoever was given a contact has the whole time, from then on.

    An owner who came with the contact is held to what happened before, so that a history which is brought in counts.
    """
    span = Ownership.objects.filter(contact_id=OuterRef("pk"), until__isnull=True)
    # As any rows: the checker does not see what other rooms have annotated.
    contacts: QuerySet[Any] = found.annotate(
        owned_since=Coalesce(Subquery(span.values("since")[:1]), F("created_at"), output_field=DateTimeField()),
        limit=_limit(limit),
    )
    given = Q(owned_since__lte=F("limit"))
    if limit.rule.trigger == "no_first_followup":
        never = Q(last_follow_up_at__isnull=True) | Q(last_follow_up_at__lt=F("owned_since"))
        return contacts.filter(given & never, owner__isnull=False)
    touched = "last_sale_at" if limit.rule.trigger == "no_sales" else "last_follow_up_at"
    came_with = Q(owned_since__lte=F("created_at"), **{f"{touched}__isnull": False})
    return contacts.filter(Q(owner__isnull=True) | given | came_with, quiet_since__lte=F("limit"))


def _limit(limit: Limit) -> Any:
    """The instant of each row's owner."""
    if not limit.by_owner:
        return Value(limit.latest, output_field=DateTimeField())
    owners, instants = Value(list(limit.by_owner)), Value(list(limit.by_owner.values()))
    return Coalesce(_Picked(instants, owners, F("owner_id")), Value(limit.anybody))


class _Picked(Func):
    """The instant that stands where the owner stands; unknown when they do not stand there."""

    output_field = DateTimeField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> Any:  # type: ignore[override]
        """Put the three in their places."""
        (instants, one), (owners, two), (owner, three) = map(compiler.compile, self.get_source_expressions())
        sql = f"({instants}::timestamptz[])[array_position({owners}::bigint[], {owner})]"
        return sql, (*one, *two, *three)


def _but_left_alone(contacts: QuerySet[Contact], limit: Limit, *, at: datetime) -> QuerySet[Contact]:
    """
    A contact waits for somebody able until its next try, or until somebody acts on it.

    What the rule's people have all had, it leaves alone until others are among them.
    """
    later = Q(next_try_at__gt=at, next_try_at__lte=at + TOO_FAR)
    rests = Q(rests_for__contains={str(limit.rule.id): list(limit.pool)})
    resting = standing_rounds().filter(rests | later, contact_id=OuterRef("pk"))
    return contacts.filter(~Exists(resting))
