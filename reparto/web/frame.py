"""
What the frame of every page says of the company and of whoever is signed in: one statement, however much it says.

It draws nothing; `shell.py` does.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Subquery

from reparto.contacts.find_bulk_job import bulk_jobs_running_for
from reparto.contacts.keep_view import MOST_SHOWN, views_of
from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.conversations.queries import load_question
from reparto.kit.ask_together import ask_together, counted, listed
from reparto.notifications.queries import MOST_COUNTED as MOST_UNREAD
from reparto.notifications.queries import unread_of
from reparto.people.actor import Actor

#: Counting beyond this says nothing more to a person, and costs.
MOST_COUNTED = 9_999


@dataclass(frozen=True, slots=True)
class Frame:
    """The facts around a page."""

    organization_name: str
    country: str
    load: int
    unread: int
    unassigned: int
    job_id: int | None  #: work on many contacts that is under way for the actor
    views: list[dict[str, Any]]  #: saved views of contacts: one's own and the shared ones


def ask_frame(actor: Actor, *, at: datetime) -> Frame:
    """Return what the frame says at an instant."""
    found = ask_together(
        organization_name=F("name"),
        of_country=F("country"),
        load=load_question(actor.person_id),
        unread=counted(unread_of(actor.person_id, at=at), most=MOST_UNREAD),
        unassigned=counted(unassigned_contacts(actor), most=MOST_COUNTED + 1),
        job=Subquery(bulk_jobs_running_for(actor).values("pk")[:1]),
        views=listed(views_of(actor)[:MOST_SHOWN], "id", "name", "shared", "address", "columns", "person_id"),
    )
    return Frame(
        organization_name=found["organization_name"],
        country=found["of_country"],
        load=found["load"] or 0,
        unread=found["unread"],
        unassigned=found["unassigned"],
        job_id=found["job"],
        views=found["views"],
    )


def unassigned_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts without anybody that the actor sees."""
    return visible_contacts(actor).filter(owner__isnull=True)


def count_unassigned(actor: Actor) -> int:
    """Count the contacts without anybody that the actor sees, up to `MOST_COUNTED` + 1."""
    return unassigned_contacts(actor).order_by()[: MOST_COUNTED + 1].count()
