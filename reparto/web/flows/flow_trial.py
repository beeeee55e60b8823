"""
Try the flow that stands in the editor on a conversation: what it would have done, step by step. Nothing is written.

The conversation is one that the actor may see.
"""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.contacts.queries import custom_kinds, default_assignees_of, visible_contacts
from reparto.contacts.search_contacts import search_contacts
from reparto.conversations.models import Conversation
from reparto.conversations.queries import find_conversation, visible_conversations
from reparto.flows.flow_draft import FlowDraft
from reparto.flows.read_flow import read_flow
from reparto.flows.try_flow import TriedFlow, TriedStep, try_flow
from reparto.kit.faults import Faults
from reparto.people.queries import find_groups, find_people

from ..page import Page
from .flow_form import read_flow_form
from .say_flow import came_to_words, say_suspended, step_words, unit_words

#: As many conversations as are offered at once; typing narrows them.
OFFERED = 6
#: What a step comes to that does nothing.
LEFT_OUT = frozenset({"closed", "window_closed", "no_way_out", "suspended", "unknown_template", "missing_value"})
#: What the dialog adds to the editor's form.
OWN = frozenset({"csrfmiddlewaretoken", "q", "conversation", "step", "act"})


class FlowTrial(Page):
    """`POST /flujos/probar`: the editor's form, carried along; `q` to find, `conversation` to try."""

    action: ClassVar[str] = "flows.manage"
    section: ClassVar[str] = "flows"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Offer conversations, or try one."""
        carried = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
        words, written = request.POST.get("q", "").strip()[:200], request.POST.get("conversation", "")
        context: dict[str, Any] = {"carried": carried, "q": words, "draft": request.POST.get("name", "")}
        values, faults = read_flow_form(request.POST).values(custom_kinds()), Faults()
        read = read_flow(values, faults=faults)
        if wrong := [fault.message for fault in faults.found if fault.path != "name"]:
            return self._show(context | {"faults": list(dict.fromkeys(wrong))})
        if not written:
            return self._show(context | {"talks": self._offered(words)})
        talk = find_conversation(int(written) if written.isdecimal() and len(written) < 19 else 0, actor=self.actor)
        draft = FlowDraft(read["name"], read["trigger"], read["filters"], tuple(read["steps"]))
        return self._show(context | _tried(try_flow(draft, talk, at=self.at), talk))

    def _offered(self, words: str) -> list[Conversation]:
        talks = visible_conversations(self.actor)
        if words:
            found = search_contacts(visible_contacts(self.actor), words).order_by().values("pk")
            talks = talks.filter(contact_id__in=found)
        return list(talks[:OFFERED])

    def _show(self, context: dict[str, Any]) -> HttpResponse:
        if not self.by_htmx:
            return self.show("flows/try.html", context)
        inside = self.request.headers.get("HX-Target") == "try-results"
        return self.show_part("flows/try.html#results" if inside else "flows/try.html#dialog", context)


def _tried(tried: TriedFlow, talk: Conversation) -> dict[str, Any]:
    reasons = {
        "begins": gettext("It would have begun for this conversation."),
        "trigger_not_met": gettext("It would not have begun: what it waits for did not happen here."),
        "filter_not_met": gettext("It would not have begun: the contact does not meet the filters."),
    }
    return {
        "talk": talk,
        "reason": reasons[tried.reason],
        "begins": tried.reason == "begins",
        "steps": [_step(one) for one in tried.steps],
        "besides": _besides(talk),
    }


def _step(one: TriedStep) -> dict[str, str]:
    return {
        "label": step_words()[one.step["kind"]],
        "came_to": came_to_words()[one.came_to],
        "detail": one.text or _detail(one),
        "left_out": "1" if one.came_to in LEFT_OUT else "",
        "suspended": say_suspended(person.name for person in find_people(one.left_out)),
    }


def _detail(one: TriedStep) -> str:
    step = one.step
    if step["kind"] == "assign_people":
        return ", ".join(person.name for person in find_people(step["person_ids"]))
    if step["kind"] == "assign_groups":
        return ", ".join(group.name for group in find_groups(step["group_ids"]))
    if step["kind"] == "tag":
        return ", ".join(step["tags"])
    return f"{step['amount']} {unit_words()[step['unit']]}" if step["kind"] == "wait" else ""


def _besides(talk: Conversation) -> str:
    """Name the owner and the default assignees, who are added with whomever the flow names."""
    ids = default_assignees_of([talk.contact_id]).get(talk.contact_id, [])
    owner = [talk.contact.owner_id] if talk.contact.owner_id else []
    return ", ".join(person.name for person in find_people([*owner, *ids]))
