"""
The details beside a conversation: who works it and why (AC-1), the contact and its owner (LG-6), its default assignees
(AC-2).

What the actor may not do is not offered; what they may not see is not read.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.models import Decision
from reparto.assignment.queries import decisions_of_conversation
from reparto.assignment.read_names import NamesOf, read_names
from reparto.contacts.models import Contact, DefaultAssignee
from reparto.contacts.queries import default_assignee_rows
from reparto.contacts.relation import relation_to
from reparto.conversations.models import Conversation
from reparto.conversations.queries import visible_conversations
from reparto.kit.read_together import read_together
from reparto.people.actor import Actor
from reparto.people.models import Group, Person
from reparto.people.permissions import may
from reparto.people.queries import all_groups, all_people

from ..contacts.ask_facts import FactsAsked, ask_facts, draw_facts
from ..contacts.owner_cell import owner_cell
from .opened import Opened
from .where import Where

#: Why somebody is here, by the route of their assignment.
BECAUSE = {
    "rule": gettext_noop("by a rule"),
    "portfolio": gettext_noop("by direct assignment"),
    "default_assignees": gettext_noop("chosen for this contact"),
    "flow": gettext_noop("by a flow"),
    "manual": gettext_noop("by hand"),
    "first_responder": gettext_noop("answered first"),
    "cover": gettext_noop("covers"),
}
HISTORY = 10


@dataclass(frozen=True, slots=True)
class AsideAsked:
    """What the details ask (`read_together`)."""

    people: QuerySet[Person]
    groups: QuerySet[Group]
    facts: FactsAsked
    last: QuerySet[Decision]  #: the last decision about it
    defaults: QuerySet[DefaultAssignee]
    history: QuerySet[Conversation]  #: the contact's other conversations that the actor sees

    @property
    def all(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of it."""
        return self.people, self.groups, *self.facts.all, self.last, self.defaults, self.history


def ask_aside(opened: Opened, where: Where, actor: Actor) -> AsideAsked:
    """Return what the tab that is open asks; of the other one nothing."""
    talk, of_contact = opened.talk, where.tab == "contact"
    last, defaults = decisions_of_conversation(talk.pk)[:1], default_assignee_rows([talk.contact_id])
    others = visible_conversations(actor).filter(contact_id=talk.contact_id).exclude(pk=talk.pk)[:HISTORY]
    return AsideAsked(
        people=all_people(),
        groups=all_groups(),
        facts=ask_facts(talk.contact_id),
        last=last.none() if of_contact else last,
        defaults=defaults if of_contact else defaults.none(),
        history=others if of_contact else others.none(),
    )


def read_aside(opened: Opened, where: Where, actor: Actor) -> dict[str, Any]:
    """Return what `inbox/aside.html` needs, for the details by themselves."""
    asked = ask_aside(opened, where, actor)
    read_together(*asked.all)
    return draw_aside(opened, asked, read_names(asked.last), where, actor)


def draw_aside(opened: Opened, asked: AsideAsked, names: NamesOf, where: Where, actor: Actor) -> dict[str, Any]:
    """Return what `inbox/aside.html` needs, for the tab that is open; `names`: those of the last decision."""
    contact = opened.talk.contact
    shown = {
        "opened": opened,
        "talk": opened.talk,
        "where": where,
        "tabs": _tabs(opened, where),
        "aside_url": where.part("inbox_aside", opened.talk.pk),
        "contact": contact,
        "cell": owner_cell(contact, actor),
        "facts": draw_facts(contact, asked.facts),
    }
    if where.tab == "contact":
        return shown | _contact_tab(opened.talk.pk, contact, actor, asked) | {"history": _history(asked.history, where)}
    why = [describe_decision(last, names=names) for last in asked.last]
    return shown | _assigned(opened, actor, asked.people, asked.groups) | {"why": why[0] if why else None}


def _tabs(opened: Opened, where: Where) -> list[dict[str, Any]]:
    labels = {"conversation": gettext("Conversation"), "contact": gettext("Contact")}
    return [
        {
            "label": label,
            "url": where.url(opened.talk.pk, tab=tab, details=True),
            "part": where.part("inbox_aside", opened.talk.pk, tab=tab, details=True),
            "on": where.tab == tab,
        }
        for tab, label in labels.items()
    ]


def _assigned(opened: Opened, actor: Actor, people: Collection[Person], groups: Collection[Group]) -> dict[str, Any]:
    there = opened.assigned
    by_id = {person.pk: person for person in people}
    paths = {group.pk: _path_name(group, groups) for group in groups}
    return {
        "assigned_people": [
            {"person": by_id[one], "me": one == actor.person_id, "because": _because(there.routes.get(one, ""))}
            for one in there.person_ids
            if one in by_id
        ],
        "assigned_groups": [{"id": one, "name": paths[one]} for one in there.group_ids if one in paths],
        "people_offered": people_offered(opened, actor, people),
        "groups_offered": [
            {"id": group.pk, "name": paths[group.pk]}
            for group in groups
            if opened.may_assign and group.pk not in there.group_ids and actor.leads(group.path)
        ],
    }


def people_offered(opened: Opened, actor: Actor, people: Iterable[Person]) -> list[Person]:
    """Return whom the actor may put on the conversation besides those who work it."""
    there = opened.assigned.person_ids
    return [one for one in _leads(actor, people) if one.pk not in there] if opened.may_assign else []


def _because(route: str) -> str:
    return gettext(BECAUSE[route]) if route in BECAUSE else ""


def _leads(actor: Actor, people: Iterable[Person]) -> list[Person]:
    """Whom the actor may put on a conversation: whoever they lead, and themself."""
    here = (person for person in people if person.suspended_at is None)
    return [person for person in here if person.pk == actor.person_id or actor.leads(person.group.path)]


def _path_name(group: Group, groups: Iterable[Group]) -> str:
    """Return «Ventas › Santiago»; the root is the company itself and said only alone."""
    names = {str(one.pk): one.name for one in groups}
    parts = [names.get(one, "") for one in group.path.strip("/").split("/")]
    return " › ".join(parts[1:] or parts)


def _contact_tab(talk_id: int, contact: Contact, actor: Actor, asked: AsideAsked) -> dict[str, Any]:
    named = [one.person for one in asked.defaults]
    may_choose = may(actor, "contact.default_assignees", relation_to(contact, actor))
    taken = {contact.owner_id, *(person.pk for person in named)}
    return {
        "default_assignees": named,
        "may_choose": may_choose,
        "defaults_url": reverse("inbox_default_assignees", args=[talk_id]),
        "defaults_offered": [p for p in _leads(actor, asked.people) if p.pk not in taken] if may_choose else [],
    }


def _history(others: Iterable[Conversation], where: Where) -> list[dict[str, Any]]:
    return [
        {"url": where.url(talk.pk), "label": talk.preview or talk.account.name, "at": talk.last_message_at}
        for talk in others
    ]
