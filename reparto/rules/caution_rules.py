"""
The cautions about the rules as they stand, in words: what `warn_of_rules` finds with today's people.

It changes nothing and forbids nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from reparto.channels.queries import all_posts
from reparto.engine import RuleSet
from reparto.people.models import Person
from reparto.people.people_on_leave import people_on_leave
from reparto.people.queries import find_people, members_of_campaigns, people_by_group

from .caution import Caution
from .models import Rule
from .narrow_conditions import Known
from .publish_rules import freeze_rule
from .unknown_values import read_values, unknown_values
from .warn_of_people import Staff, asked_of, people_of
from .warn_of_rules import warn_of_rules

SENTENCES = {
    "never_reached": gettext_noop("Never reached: «%(other)s» before it takes the same contacts and waits."),
    "only_leftovers": gettext_noop("Takes only those for whom «%(other)s» has nobody."),
    "never_true": gettext_noop("No contact can meet its filters."),
    "needs_clients": gettext_noop("Only clients buy: this type is for clients."),
    "by_hand_only": gettext_noop("None of its people receives by themself on any account."),
    "not_on_account": gettext_noop("None of its people receives by themself on the accounts that it asks for."),
    "none_in_campaign": gettext_noop("None of its people is in the campaign that it asks for."),
    "only_its_owner": gettext_noop("It takes contacts from the only person to whom it gives them."),
    "empty_pool": gettext_noop("Its groups have nobody."),
    "nobody_receives": gettext_noop("None of its people receives work."),
    "no_weight": gettext_noop("All who could receive have weight zero."),
    "too_late": gettext_noop("It acts only after more than five years: look at amount and unit."),
    "too_soon": gettext_noop("It acts within a day of a sale: look at amount and unit."),
    "overlaps": gettext_noop("Some of its contacts go to «%(other)s» first."),
    "unknown_value": gettext_noop("Its filters ask for %(field)s «%(value)s», which there is not."),
    "no_mail": gettext_noop("Its e-mail template is not sent: this installation sends no mail yet."),
    "all_on_leave": gettext_noop("All of its people will be away tomorrow."),
}
#: The same where no single rule is the cause.
TOGETHER = {
    "never_reached": gettext_noop("Never reached: rules before it take all of its contacts between them, and wait."),
    "only_leftovers": gettext_noop("Takes only those for whom the rules before it have nobody."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A caution and its sentence."""

    caution: Caution
    message: str


def caution_rules(
    rules: Iterable[Rule], *, at: datetime | None = None, faults_only: bool = False
) -> dict[int, list[Said]]:
    """
    Return what is to know of each of these rules that has any, by its id (a fixed few queries).

    With an instant it also looks at tomorrow; `faults_only` is soon done, for a write that others wait for.
    """
    listed = list(rules)
    frozen = RuleSet(rules=tuple(freeze_rule(rule) for rule in listed))
    names = {rule.pk: rule.description for rule in listed}
    found: dict[int, list[Said]] = {}
    active = [rule for rule in listed if rule.active]
    values = read_values(active)
    staff, known = _staff(frozen, at=None if faults_only else at), Known(at, values.ids)
    for caution in warn_of_rules(frozen, staff, known, faults_only=faults_only):
        sentences = TOGETHER if caution.other_id is None and caution.code in TOGETHER else SENTENCES
        message = gettext(sentences[caution.code]) % {"other": names.get(caution.other_id or 0, "")}
        found.setdefault(caution.rule_id, []).append(Said(caution, message))
    if faults_only:
        return found
    for rule in active:
        if rule.template_id is not None and not settings.MAILERS:
            found.setdefault(rule.pk, []).append(Said(Caution(rule.pk, "no_mail"), gettext(SENTENCES["no_mail"])))
    for rule_id, (field, value) in unknown_values(values).items():
        message = gettext(SENTENCES["unknown_value"]) % {"field": field, "value": value}
        found.setdefault(rule_id, []).append(Said(Caution(rule_id, "unknown_value"), message))
    return found


def _staff(rule_set: RuleSet, *, at: datetime | None) -> Staff:
    """Who could be given anything, of those whom the rules name."""
    members = people_by_group()
    named = find_people({person for rule in rule_set.rules for person in people_of(rule, members)})
    receivers = {one.pk for one in named if _receives(one)}
    return Staff(
        receivers=receivers,
        members=members,
        on_leave=people_on_leave(receivers, at=at) if at else set(),
        in_auto=_in_auto({one.pk: one.capacity for one in named}),
        joined=members_of_campaigns({one for rule in rule_set.rules for one in asked_of(rule, "campaign") or ()}),
    )


def _receives(person: Person) -> bool:
    """Whether somebody can ever be given anything: a limit of nothing is one, too."""
    limits = (person.capacity, person.per_hour, person.per_day)
    return person.receives and person.suspended_at is None and 0 not in limits


def _in_auto(capacities: Mapping[int, int | None]) -> dict[int, set[int]] | None:
    """Who is given what comes by each account, and could have one of it open; None while nobody may reply on any."""
    posts = all_posts()
    if not posts:
        return None
    found: dict[int, set[int]] = {}
    for one in posts:
        limits = [limit for limit in (one.cap, capacities.get(one.person_id)) if limit is not None]
        if one.mode == "auto" and one.effort <= min(limits, default=one.effort):
            found.setdefault(one.account_id, set()).add(one.person_id)
    return found
