"""
Keep a view of the contact list under a name, or forget it.

Only an administrator shares views with all, and changes those that are shared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.read_choice import is_id
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check, may

from .models import SavedView

NAME_LIMIT = 60
MOST_VIEWS = 30
#: One's own and as many shared ones as anybody looks through.
MOST_SHOWN = 60
SHARE = "settings.manage"  #: what sharing with all needs
KEY = ["organization", "person", "name"]


class UnknownView(LookupError):
    """No such view, or somebody else's."""


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view to be kept."""

    name: str
    address: dict[str, str] = field(default_factory=dict)  #: tab, q and filter
    columns: Sequence[str] = ()
    shared: bool = False


def keep_view(draft: ViewDraft, *, actor: Actor, at: datetime) -> SavedView:
    """
    Keep a view; one of the actor's own with this name is replaced.

    Raises:
        NotAllowed: The actor may not share with all.
        Invalid: The name is none, or there are too many views.

    """
    check(actor, SHARE if draft.shared else "contact.list")
    faults = Faults()
    name = read_line(draft.name, path="name", limit=NAME_LIMIT, faults=faults)
    own = SavedView.objects.filter(person_id=actor.person_id)
    if own.exclude(name=name).count() >= MOST_VIEWS:
        faults.add("name", "too_many", gettext("At most %(limit)d views.") % {"limit": MOST_VIEWS})
    faults.check()
    view = SavedView(
        organization_id=actor.organization_id,
        person_id=actor.person_id,
        name=name,
        shared=draft.shared,
        address=draft.address,
        columns=list(draft.columns),
        created_at=at,
    )
    # One statement: of two forms sent at once the second replaces what the first has just written.
    SavedView.objects.bulk_create(
        [view], update_conflicts=True, unique_fields=KEY, update_fields=["shared", "address", "columns"]
    )
    return view


def forget_view(view_id: int, *, actor: Actor) -> None:
    """Delete a view of one's own, or one shared with all for whoever may share. Raises UnknownView."""
    theirs = Q(person_id=actor.person_id) | Q(shared=True) if may(actor, SHARE) else Q(person_id=actor.person_id)
    found = SavedView.objects.filter(theirs, pk=view_id) if is_id(view_id) else None
    if found is None or not found.delete()[0]:
        raise UnknownView(f"View {view_id} does not exist.")


def views_of(actor: Actor) -> QuerySet[SavedView]:
    """Return the actor's own views and those shared with all, in the order in which they were kept."""
    return SavedView.objects.filter(Q(person_id=actor.person_id) | Q(shared=True)).order_by("id")
