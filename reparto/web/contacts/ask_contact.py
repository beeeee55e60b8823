"""
All that the page of a contact asks beside the contact, so that it can be read in one statement.

It draws nothing and asks no permission; who is not to be offered something is not asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from reparto.assignment.models import Ownership, Waiting
from reparto.assignment.queries import spans_of, waiting_rows
from reparto.contacts.find_merge import merges_of
from reparto.contacts.models import Contact, DefaultAssignee, Merge, Sale
from reparto.contacts.queries import all_tags, default_assignee_rows
from reparto.contacts.sales_of import sales_of
from reparto.conversations.find_missed_calls import call_rows
from reparto.conversations.queries import assignee_rows
from reparto.kit.read_together import read_together
from reparto.people.models import Person
from reparto.people.queries import all_people

from .ask_facts import FactsAsked, ask_facts
from .timeline import TimelineAsked, ask_timeline

TALKS_SHOWN = 20
SALES_SHOWN = 5
#: Tags that the box suggests.
MOST_TAGS = 200


@dataclass(frozen=True, slots=True)
class ContactAsked:
    """The questions."""

    facts: FactsAsked
    timeline: TimelineAsked
    waiting: QuerySet[Waiting]
    calls: QuerySet[Any, Any]
    assignees: QuerySet[Any, Any]
    ledger: QuerySet[Ownership]
    merges: QuerySet[Merge]
    sales: QuerySet[Sale]
    defaults: QuerySet[DefaultAssignee]
    known_tags: QuerySet[Any, str]
    people: QuerySet[Person]  #: among whom default assignees are chosen

    def read(self) -> None:
        """Read all of it (one query)."""
        beside = (self.waiting, self.calls, self.assignees, self.ledger, self.merges, self.sales, self.defaults)
        read_together(*self.facts.all, *self.timeline.all, *beside, self.known_tags, self.people)


def ask_contact(
    contact: Contact, *, one: Sequence[int], talks: Sequence[int], before: str, edits: bool, names: bool
) -> ContactAsked:
    """
    Return what the page of a contact asks.

    `one`: the ids of all that became it; `talks`: its conversations that the actor sees; `before`: where its
    history begins; `edits`: it can be edited here; `names`: default assignees can be chosen here.
    """
    ids, people = [contact.pk], all_people()
    return ContactAsked(
        facts=ask_facts(contact.pk),
        timeline=ask_timeline(contact, one=one, talks=talks, before=before),
        waiting=waiting_rows(ids),
        calls=call_rows(ids),
        assignees=assignee_rows(sorted(talks)[-TALKS_SHOWN:]),
        ledger=spans_of(one),
        merges=merges_of(ids),
        sales=sales_of(contact.pk)[:SALES_SHOWN],
        defaults=default_assignee_rows(ids),
        known_tags=all_tags().values_list("name", flat=True)[: MOST_TAGS if edits else 0],
        people=people if names else people.none(),
    )
