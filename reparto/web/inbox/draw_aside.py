"""
The details beside a conversation: who works it and why (AC-1), the contact and its owner (LG-6), its default assignees
(AC-2).

What the actor may not do is not offered; what they may not see is not read.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.models import Decision
from reparto.assignment.queries import decisions_of_conversation
from reparto.assignment.why_card import WhyCard
from reparto.contacts.models import Contact
from reparto.contacts.queries import default_assignees_of
from reparto.contacts.relation import relation_to
from reparto.conversations.queries import visible_conversations
from reparto.people.actor import Actor
from reparto.people.models import Group, Person
from reparto.people.permissions import may
from reparto.people.queries import all_groups, all_people

from ..contacts.contact_page import facts_of_contact
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


def draw_aside(opened: Opened, where: Where, actor: Actor) -> dict[str, Any]:
    """Return what `inbox/aside.html` needs, for the tab that is open."""
    people, groups = list(all_people()), list(all_groups())
    shown = {"opened": opened, "talk": opened.talk, "where": where, "tabs": _tabs(opened, where)}
    contact = opened.talk.contact
    shown |= {
        "aside_url": where.part("inbox_aside", opened.talk.pk),
        "contact": contact,
        "cell": owner_cell(contact, actor),
        "facts": facts_of_contact(contact),
    }
    if where.tab == "contact":
        return (
            shown | _contact_tab(opened.talk.pk, contact, actor, people) | {"history": _history(opened, where, actor)}
        )
    return shown | _assigned(opened, actor, people, groups) | {"why": _why(opened)}


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


def _assigned(opened: Opened, actor: Actor, people: list[Person], groups: list[Group]) -> dict[str, Any]:
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
        "people_offered": [p for p in _leads(actor, people) if p.pk not in there.person_ids]
        if opened.may_assign
        else [],
        "groups_offered": [
            {"id": group.pk, "name": paths[group.pk]}
            for group in groups
            if opened.may_assign and group.pk not in there.group_ids and actor.leads(group.path)
        ],
    }


def _because(route: str) -> str:
    return gettext(BECAUSE[route]) if route in BECAUSE else ""


def _leads(actor: Actor, people: list[Person]) -> list[Person]:
    """Whom the actor may put on a conversation: whoever they lead, and themself."""
    here = (person for person in people if person.suspended_at is None)
    return [person for person in here if person.pk == actor.person_id or actor.leads(person.group.path)]


def _path_name(group: Group, groups: list[Group]) -> str:
    """Return «Ventas › Santiago»; the root is the company itself and said only alone."""
    names = {str(one.pk): one.name for one in groups}
    parts = [names.get(one, "") for one in group.path.strip("/").split("/")]
    return " › ".join(parts[1:] or parts)


def _why(opened: Opened) -> WhyCard | None:
    """Return why it is with whom it is, or with nobody: the last decision about it."""
    last: Decision | None = decisions_of_conversation(opened.talk.pk).first()
    return None if last is None else describe_decision(last)


def _contact_tab(talk_id: int, contact: Contact, actor: Actor, people: list[Person]) -> dict[str, Any]:
    chosen = default_assignees_of([contact.pk]).get(contact.pk, [])
    by_id = {person.pk: person for person in people}
    may_choose = may(actor, "contact.default_assignees", relation_to(contact, actor))
    taken = {*chosen, contact.owner_id}
    return {
        "default_assignees": [by_id[one] for one in chosen if one in by_id],
        "may_choose": may_choose,
        "defaults_url": reverse("inbox_default_assignees", args=[talk_id]),
        "defaults_offered": [p for p in _leads(actor, people) if p.pk not in taken] if may_choose else [],
    }


def _history(opened: Opened, where: Where, actor: Actor) -> list[dict[str, Any]]:
    """The contact's other conversations that the actor sees."""
    others = visible_conversations(actor).filter(contact_id=opened.talk.contact_id).exclude(pk=opened.talk.pk)
    return [
        {"url": where.url(talk.pk), "label": talk.preview or talk.account.name, "at": talk.last_message_at}
        for talk in others[:HISTORY]
    ]
