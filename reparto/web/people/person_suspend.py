"""Suspend somebody: ask who inherits their contacts and open conversations, then move them as one job (UX-27)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.hand_over import Heirs, hand_over
from reparto.contacts.lock_contacts_of import count_contacts_of
from reparto.contacts.pass_default_assignees import count_default_of
from reparto.conversations.lock_work_of import work_by_account
from reparto.flows.queries import flows_naming
from reparto.kit.faults import Fault, Invalid
from reparto.people.models import Person
from reparto.people.queries import assignable_people, find_person

from ..ask import Ask, choices_of, faults_by_path
from ..page import Page
from ..read_id import read_id

#: Nobody inherits: contacts go back to the pool, and the rules share the conversations out.
POOL = "pool"


class PersonSuspend(Page):
    """`/agentes/<id>/suspender`: `heir` (an id, or `pool`) and `account-<id>` for another heir on one account."""

    action: ClassVar[str] = "people.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Ask who inherits."""
        return self._ask(find_person(person_id), {}, None)

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Suspend and begin to hand over; the last administrator cannot be suspended."""
        person = find_person(person_id)
        sent = request.POST.dict()
        to = reverse("person", args=[person_id])
        try:
            job = hand_over(person_id, _heirs(sent, has_work=_has_work(person_id)), actor=self.actor, at=self.at)
        except Invalid as invalid:
            if invalid.faults[0].path == "grants" or not _has_work(person_id):
                return self.refused(invalid.faults[0].message, to=to, status=422)
            return self._ask(person, sent, invalid)
        said = gettext("%(name)s is suspended: cannot sign in and receives nothing.") % {"name": person.name}
        if job is not None:
            said += " " + gettext("Their work is being handed over.")
        return self.done(said, to=to)

    def _ask(self, person: Person, sent: Mapping[str, str], invalid: Invalid | None) -> HttpResponse:
        accounts = work_by_account(person.pk)
        context = {
            "person": person,
            "contacts": count_contacts_of(person.pk),
            "talks": sum(count for *_, count in accounts),
            "accounts": accounts,
            "defaults": count_default_of(person.pk),
            "flows": [] if person.suspended_at else flows_naming(person.pk),
            "tab": "people",
        }
        context["has_work"] = _has_work(person.pk)
        others = [(one.pk, one.name) for one in assignable_people(self.actor) if one.pk != person.pk]
        context["fields"] = _fields(accounts, others, sent, faults_by_path(invalid)) if context["has_work"] else []
        return self.show("people/suspend.html", context, status=422 if invalid else 200)


def _has_work(person_id: int) -> bool:
    return bool(count_contacts_of(person_id) or work_by_account(person_id) or count_default_of(person_id))


def _heirs(sent: Mapping[str, str], *, has_work: bool) -> Heirs:
    """Return who inherits. Raises Invalid when there is something to inherit and nobody said who."""
    heir = sent.get("heir", "")
    if has_work and not heir:
        raise Invalid((Fault("heir_id", "blank", gettext("Choose who inherits their work.")),))
    by_account = {
        read_id(name.removeprefix("account-")): read_id(value)
        for name, value in sent.items()
        if name.startswith("account-") and value
    }
    return Heirs(None if heir in ("", POOL) else read_id(heir), by_account)


def _fields(
    accounts: list[tuple[int, str, str, int]],
    others: list[tuple[int, str]],
    sent: Mapping[str, str],
    faults: Mapping[str, str],
) -> list[Ask]:
    pool = (POOL, gettext("Nobody: contacts go back to the pool, the rules share out open conversations"))
    heirs: list[tuple[Any, str]] = [("", gettext("Choose…")), *others, pool]
    asked = [
        Ask(
            "heir",
            gettext("Who inherits their contacts and open conversations"),
            choices=choices_of(heirs, chosen=sent.get("heir", "")),
            error=faults.get("heir_id", ""),
            required=True,
        )
    ]
    if len(accounts) > 1:
        same: list[tuple[Any, str]] = [("", gettext("The same person")), *others]
        asked += [
            Ask(
                f"account-{account_id}",
                gettext("Conversations of %(account)s (%(count)s)") % {"account": name, "count": count},
                choices=choices_of(same, chosen=sent.get(f"account-{account_id}", "")),
                error=faults.get(f"accounts.{account_id}", ""),
            )
            for account_id, name, _, count in accounts
        ]
    return asked
