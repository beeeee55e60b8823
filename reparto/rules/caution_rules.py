"""
The cautions about the rules as they stand, in words: what `warn_of_rules` finds with today's people.

It changes nothing and forbids nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from reparto.channels.queries import all_modes
from reparto.engine import RuleSet
from reparto.people.models import Person
from reparto.people.people_on_leave import people_on_leave
from reparto.people.queries import find_people, people_by_group

from .models import Rule
from .publish_rules import freeze_rule
from .warn_of_rules import Caution, warn_of_rules

SENTENCES = {
    "never_reached": gettext_noop("Never reached: «%(other)s» before it takes the same contacts and waits."),
    "only_leftovers": gettext_noop("Takes only those for whom «%(other)s» has nobody."),
    "never_true": gettext_noop("No contact can meet its filters."),
    "needs_clients": gettext_noop("Only clients buy: this type is for clients."),
    "by_hand_only": gettext_noop("None of its people receives by themself on any account."),
    "only_its_owner": gettext_noop("It takes contacts from the only person to whom it gives them."),
    "empty_pool": gettext_noop("Its groups have nobody."),
    "nobody_receives": gettext_noop("None of its people receives work."),
    "no_weight": gettext_noop("All who could receive have weight zero."),
    "too_late": gettext_noop("It acts only after more than five years: look at amount and unit."),
    "overlaps": gettext_noop("Some of its contacts go to «%(other)s» first."),
    "all_on_leave": gettext_noop("All of its people will be away tomorrow."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A caution and its sentence."""

    caution: Caution
    message: str


def caution_rules(rules: Iterable[Rule], *, at: datetime | None = None) -> dict[int, list[Said]]:
    """
    Return what is to know of each of these rules that has any, by its id (a fixed few queries).

    With an instant it also looks at tomorrow.
    """
    listed = list(rules)
    members = people_by_group()
    named = {target["person_id"] for rule in listed for target in rule.assign_to if "person_id" in target}
    grouped = {
        person for rule in listed for target in rule.assign_to for person in members.get(target.get("group_id", 0), ())
    }
    working = find_people(named | grouped)
    receivers = {one.pk for one in working if _receives(one)}
    frozen = RuleSet(rules=tuple(freeze_rule(rule) for rule in listed))
    names = {rule.pk: rule.description for rule in listed}
    found: dict[int, list[Said]] = {}
    away = people_on_leave(receivers, at=at) if at else set()
    for caution in warn_of_rules(frozen, receivers=receivers, members=members, on_leave=away, in_auto=_in_auto()):
        message = gettext(SENTENCES[caution.code]) % {"other": names.get(caution.other_id or 0, "")}
        found.setdefault(caution.rule_id, []).append(Said(caution, message))
    return found


def _receives(person: Person) -> bool:
    """Whether somebody can ever be given anything: a limit of nothing is one, too."""
    limits = (person.capacity, person.per_hour, person.per_day)
    return person.receives and person.suspended_at is None and 0 not in limits


def _in_auto() -> set[int] | None:
    """Who receives by themself on some account; None while nobody may reply on any."""
    modes = all_modes()
    return {person for (person, _), mode in modes.items() if mode == "auto"} if modes else None
