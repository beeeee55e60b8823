"""
Try a contact on the rules: those in force, or those in force with the draft that stands in the editor (UX-22).

Nothing is assigned and nothing is written; the contact is one that the actor may see.
"""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict

from reparto.assignment.try_contact import try_contact
from reparto.contacts.models import Contact
from reparto.contacts.queries import find_contact, visible_contacts
from reparto.contacts.search_contacts import search_contacts
from reparto.engine import RuleSet
from reparto.kit.faults import Invalid
from reparto.people.permissions import check
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.queries import current_rule_set

from ..page import Page
from .read_drafted import named_draft, read_drafted
from .show_tried import show_tried

#: As many contacts as are offered at once; typing narrows them.
OFFERED = 6
#: What the dialog adds to the editor's form.
OWN = frozenset({"csrfmiddlewaretoken", "q", "contact", "step"})


class TryRules(Page):
    """
    `/reglas/probar`: `q` to find a contact, `contact` to try it; POST carries the editor's form, and its `rule`.

    `draft` names a drafted list in place of the one in force.
    """

    action: ClassVar[str] = "rules.view"
    post_action: ClassVar[str] = "rules.manage"
    section: ClassVar[str] = "rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Try the rules in force; a draft is for those who may write one."""
        if "draft" in request.GET:
            check(self.actor, "rules.manage")
        draft = named_draft(request.GET)
        context = {"method": "get", "carried": [("draft", draft.pk)] if draft else [], "listed": draft}
        return self._answer(request.GET, freeze_draft(draft) if draft else current_rule_set(), context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try the draft, which is carried along from step to step."""
        carried = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
        context: dict[str, Any] = {"method": "post", "carried": carried, "draft": request.POST.get("description", "")}
        context["listed"] = named_draft(request.POST)
        try:
            rule_set = read_drafted(request.POST)
        except Invalid as invalid:
            context["faults"] = [fault.message for fault in invalid.faults]
            return self._show(context)
        return self._answer(request.POST, rule_set, context)

    def _answer(self, given: QueryDict, rule_set: RuleSet, context: dict[str, Any]) -> HttpResponse:
        words, written = given.get("q", "").strip()[:200], given.get("contact", "")
        if written:
            number = int(written) if written.isdecimal() and len(written) < 19 else 0
            contact = find_contact(number, actor=self.actor)
            tried = try_contact(self.actor.organization_id, contact.pk, rule_set=rule_set, at=self.at)
            context |= {"contact": contact, **show_tried(tried, rule_set)}
        else:
            context |= {"contacts": self._offered(words)}
        return self._show(context | {"q": words})

    def _offered(self, words: str) -> list[Contact]:
        contacts = visible_contacts(self.actor)
        return list((search_contacts(contacts, words) if words else contacts)[:OFFERED])

    def _show(self, context: dict[str, Any]) -> HttpResponse:
        if not self.by_htmx:
            return self.show("rules/try.html", context)
        inside = self.request.headers.get("HX-Target") == "try-results"
        return self.show_part("rules/try.html#results" if inside else "rules/try.html#dialog", context)
